package dev.q.test.scene;

import java.time.Duration;
import java.util.List;
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
import dev.q.test.scene.host.Host;
import dev.q.test.scene.host.Stores;
import dev.q.test.server.Patience;
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

	private static final Duration LIMIT = Duration.ofMinutes(1);

	@ParameterizedTest
	@MethodSource("dev.q.test.scene.host.Hosts#oneOfEach")
	void whoeverWaitsIsToldAlthoughNothingIsKept(Host.Kind kind) throws Exception {
		try (Host host = kind.start();
				JobStore store = host.open();
				StoreResults results = results(store);
				Node node = Node.startForgetful(host, 2, LEASE)) {
			node.tell(NodeMain.SETTLEMENTS);

			// A look finds nothing of the job, so whoever knows that it succeeded was
			// told. That may be lost, as long as the node knows of nobody who waits.
			Patience.until("somebody is told of the end", LIMIT, () -> isTold(new Jobs(store), results));
		}
	}

	private static boolean isTold(Jobs jobs, StoreResults results) {
		JobId id = jobs.enqueue(1, NodeMain.QUICK, JobOptions.NONE.in(Duration.ofMillis(500))).get(0);
		JobResult<byte[]> result = results.whenEnded(Stores.QUEUE, id, byte[].class)
			.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
			.join();
		assertThat(jobs.find(List.of(id))).isEmpty();
		return result instanceof JobResult.Succeeded;
	}

	private static StoreResults results(JobStore store) {
		return new StoreResults(store, JacksonPayloadCodec.standard(), new JobEvents(List.of()), ResultSettings.DEFAULT,
				new SystemClock());
	}

}
