package dev.q.test.scene;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.q.JobOptions;
import dev.q.client.result.ResultSettings;
import dev.q.client.result.StoreResults;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.event.JobEvents;
import dev.q.job.JobId;
import dev.q.ports.SystemClock;
import dev.q.result.JobResult;
import dev.q.store.JobStore;
import dev.q.store.Subscription;
import dev.q.test.HeardEnds;
import dev.q.test.scene.host.Host;
import dev.q.test.scene.host.Stores;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One process waits for a job that another one works, which keeps nothing of it.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AwaitTests {

	private static final Duration LEASE = Duration.ofSeconds(30);

	@ParameterizedTest
	@MethodSource("dev.q.test.scene.host.Hosts#oneOfEach")
	void whoeverWaitsIsToldAlthoughNothingIsKept(Host.Kind kind) throws Exception {
		try (Host host = kind.start();
				JobStore store = host.open();
				StoreResults results = results(store);
				Node node = Node.startForgetful(host, 2, LEASE)) {
			node.tell(NodeMain.SETTLEMENTS);
			JobId held = new Jobs(store).enqueue(1, NodeMain.HELD).get(0);
			node.await("runs it", Ledger.START, 1);
			CompletableFuture<JobResult<byte[]>> ended = results.whenEnded(Stores.QUEUE, held, byte[].class);
			awaitKnown(store, results);

			node.tell(NodeMain.HANDLERS);

			assertThat(ended.get(20, TimeUnit.SECONDS)).isInstanceOf(JobResult.Succeeded.class);
			assertThat(new Jobs(store).find(List.of(held))).isEmpty();
		}
	}

	private static StoreResults results(JobStore store) {
		return new StoreResults(store, JacksonPayloadCodec.standard(), new JobEvents(List.of()), ResultSettings.DEFAULT,
				new SystemClock());
	}

	/**
	 * Waits for jobs that come later than the first one, until the node tells of one:
	 * then it knows of the first one too.
	 */
	private static void awaitKnown(JobStore store, StoreResults results) {
		JobOptions soon = JobOptions.NONE.in(Duration.ofMillis(500));
		HeardEnds heard = new HeardEnds();
		try (Subscription subscription = store.catalog().hearEnds(heard)) {
			assertThat(subscription).isNotSameAs(Subscription.NONE);
			JobId later = new Jobs(store).enqueue(1, NodeMain.QUICK, soon).get(0);
			assertThat(results.whenEnded(Stores.QUEUE, later, byte[].class)).isNotCompleted();
			heard.await(later);
		}
	}

}
