package dev.q.test.contract;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.q.client.result.ResultSettings;
import dev.q.client.result.StoreResults;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.job.DeadReason;
import dev.q.job.JobId;
import dev.q.job.Outcome;
import dev.q.job.StoredResult;
import dev.q.ports.SystemClock;
import dev.q.result.AwaitTimeoutException;
import dev.q.result.JobResult;
import dev.q.store.ClaimedJob;
import dev.q.store.JobStore;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.StoreException;
import dev.q.store.Subscription;
import dev.q.test.HandWorker;
import dev.q.test.HeardEnds;
import dev.q.test.Race;
import dev.q.test.TextCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Waiting until jobs have ended.
 *
 * @since 0.1
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
public abstract class AwaitContract extends Theme {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private JobEvents events;

	private StoreResults results;

	@BeforeEach
	void openTheResults() {
		this.events = new JobEvents(List.of());
		this.results = new StoreResults(store(), new TextCodec(), this.events, ResultSettings.DEFAULT,
				new SystemClock());
	}

	@AfterEach
	void closeTheResults() {
		this.results.close();
	}

	@Test
	void whoeverWaitsIsToldHowTheJobEnded() throws Exception {
		ClaimedJob claimed = running(aJob());
		CountDownLatch waiting = new CountDownLatch(1);
		List<Object> brought = Race.of(2, (number) -> () -> {
			if (number == 0) {
				waiting.countDown();
				return this.results.await(claimed.job().id(), String.class, PATIENCE);
			}
			waiting.await();
			return succeed(claimed, "awaited");
		});

		assertThat(brought).containsExactly(new JobResult.Succeeded<>("awaited", null), LeaseAnswer.APPLIED);
	}

	@Test
	void aJobThatHasEndedIsNotWaitedFor() throws Exception {
		ClaimedJob claimed = running(aJob());
		worker().bury(claimed);

		assertThat(await(claimed.job().id(), Duration.ZERO))
			.isEqualTo(new JobResult.Failed<>(HandWorker.FAILURE, DeadReason.EXHAUSTED));
	}

	@Test
	void whoeverWaitsForAJobThatIsDeletedIsTold() throws Exception {
		JobId id = insert(aJob());
		CompletableFuture<JobResult<String>> ended = this.results.whenEnded(DEFAULT, id, String.class);

		secondNode().control().delete(List.of(id));

		assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo(new JobResult.NotFound<>());
	}

	@Test
	void manyWaitForManyJobsThatAnotherNodeEnds() throws Exception {
		List<JobId> ids = insertMany(20);
		List<CompletableFuture<JobResult<String>>> ends = ids.stream()
			.map((id) -> this.results.whenEnded(DEFAULT, id, String.class))
			.toList();
		HandWorker other = HandWorker.of(secondNode(), "other");

		other.claim(20).forEach(other::succeed);

		for (CompletableFuture<JobResult<String>> end : ends) {
			assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(new JobResult.Succeeded<>(null, null));
		}
	}

	@Test
	void aJobThatIsNotKeptAnswersWhoeverWaitsHere() throws Exception {
		ClaimedJob claimed = running(aJob());
		CompletableFuture<JobResult<String>> ended = this.results.whenEnded(DEFAULT, claimed.job().id(), String.class);
		StoredResult.Value result = new StoredResult.Value(payload("fleeting"));

		worker().keeping(Retention.NOTHING).settle(claimed, new Outcome.Succeeded(result));
		this.events.publish(new JobEvent.Succeeded(claimed.job(), result, Duration.ZERO));

		assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo(new JobResult.Succeeded<>("fleeting", null));
		assertThat(isKnown(claimed.job().id())).isFalse();
	}

	@Test
	void aJobThatIsNotKeptAnswersWhoeverWaitsInAnotherNode() throws Exception {
		JobStore other = secondNode();
		HeardEnds heard = new HeardEnds();
		try (Subscription here = store().catalog().hearEnds(heard);
				Subscription there = other.catalog().hearEnds(new HeardEnds())) {
			assumeThat(here).isNotSameAs(Subscription.NONE).isNotSameAs(there);
			heard.awaitKnown(store(), other);
			JobId id = insert(aJob());
			CompletableFuture<JobResult<String>> ended = this.results.whenEnded(DEFAULT, id, String.class);
			store().catalog().expectEnds(DEFAULT, List.of(id));
			heard.awaitKnown(store(), other);
			HandWorker worker = HandWorker.of(other, "other").keeping(Retention.NOTHING);

			worker.settle(worker.claimOne(), new Outcome.Succeeded(new StoredResult.Value(payload("fleeting"))));

			JobResult<String> result = ended.get(20, TimeUnit.SECONDS);
			assertThat(result).isInstanceOf(JobResult.Succeeded.class);
			assertThat(((JobResult.Succeeded<String>) result).value()).isNull();
			assertThat(((JobResult.Succeeded<String>) result).omitted()).contains("no record");
		}
	}

	@Test
	void whoeverWaitsTooLongIsToldWhereTheJobStands() {
		JobId id = insert(aJob());

		assertThatExceptionOfType(AwaitTimeoutException.class).isThrownBy(() -> await(id, Duration.ofMillis(20)))
			.withMessageContaining(id.toString())
			.withMessageContaining("READY");
		assertThatIllegalArgumentException().isThrownBy(() -> await(id, Duration.ofMillis(-1)))
			.withMessageContaining("PT-0.001S");
	}

	@Test
	void anInterruptEndsAWait() {
		JobId id = insert(aJob());
		Thread.currentThread().interrupt();

		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> await(id, PATIENCE));
		assertThat(this.events.isSilent()).as("nobody listens any more").isTrue();
	}

	@Test
	void whoeverWaitsIsSentAwayWhenResultsAreClosed() {
		JobId id = insert(aJob());
		CompletableFuture<JobResult<String>> ended = this.results.whenEnded(DEFAULT, id, String.class);

		this.results.close();

		assertThat(ended).failsWithin(PATIENCE)
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOf(StoreException.class);
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> await(id, PATIENCE));
	}

	private JobResult<String> await(JobId id, Duration timeout) throws InterruptedException {
		return this.results.await(id, String.class, timeout);
	}

	private LeaseAnswer succeed(ClaimedJob claimed, String result) {
		return worker().settle(claimed, new Outcome.Succeeded(new StoredResult.Value(payload(result))));
	}

}
