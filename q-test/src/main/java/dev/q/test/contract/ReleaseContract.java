package dev.q.test.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.q.job.JobCounters;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.ReleaseReason;
import dev.q.job.StoredResult;
import dev.q.store.ClaimedJob;
import dev.q.test.HandWorker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Jobs that are handed back without a failure.
 *
 * @since 0.1
 */
public abstract class ReleaseContract extends Theme {

	@Test
	void aReleaseIsNoFailure() {
		for (ReleaseReason reason : ReleaseReason.values()) {
			ClaimedJob claimed = running(aJob());
			worker().release(claimed, reason, Duration.ZERO);

			assertThat(job(claimed.job().id()).attempt()).as("attempt after %s", reason).isOne();
			assertThat(details(claimed.job().id()).lastError()).isNull();
			worker().succeed(worker().claimOne());
		}
	}

	@Test
	void nacksAreCountedApartFromOtherReleases() {
		JobId id = insert(aJob());
		for (ReleaseReason reason : ReleaseReason.values()) {
			worker().release(worker().claimOne(), reason, Duration.ZERO);
		}

		assertThat(job(id).counters()).isEqualTo(new JobCounters(0, 4, 0, 1, 3));
	}

	@Test
	void aShutdownMakesTheJobReadyAtOnce() {
		ClaimedJob claimed = running(aJob());
		worker().handBack(claimed);

		assertThat(state(claimed.job().id())).isEqualTo(JobState.READY);
		assertThat(worker("another").claimIds(1)).containsExactly(claimed.job().id());
	}

	@Test
	void aReleasedJobHasNoWorkerAndNoLease() {
		ClaimedJob claimed = running(aJob());
		worker().handBack(claimed);

		assertThat(details(claimed.job().id())).extracting("worker", "leasedUntil").containsOnlyNulls();
	}

	@Test
	void aReleaseWithADelayWaitsForItsTime() {
		for (ReleaseReason reason : List.of(ReleaseReason.NACK, ReleaseReason.SNOOZE, ReleaseReason.NO_HANDLER)) {
			ClaimedJob claimed = running(aJob());
			worker().release(claimed, reason, seconds(10));

			assertThat(state(claimed.job().id())).isEqualTo(JobState.SCHEDULED);
			assertThat(job(claimed.job().id()).times().runAt()).isEqualTo(now().plusSeconds(10));
			pass(seconds(10).minus(TICK));
			assertThat(worker().claim(1)).isEmpty();
			pass(TICK);
			worker().succeed(worker().claimOne());
		}
	}

	@Test
	void aReleaseKeepsFailuresAndCrashes() {
		JobId id = insert(aJob());
		worker().fail(worker().claimOne(), Duration.ZERO);
		worker().claimOne();
		passLease();
		recover();
		worker().handBack(worker().claimOne());

		assertThat(job(id).counters()).isEqualTo(new JobCounters(1, 3, 1, 0, 1));
		assertThat(details(id).lastError()).isEqualTo(HandWorker.FAILURE);
	}

	@Test
	void aReleaseKeepsThePriority() {
		JobId urgent = insert(aJob().withPriority(1));
		JobId other = insert(aJob().withPriority(2));
		worker().release(worker().claimOne(), ReleaseReason.NACK, Duration.ZERO);

		assertThat(worker().claimIds(2)).containsExactly(urgent, other);
	}

	@Test
	void aJobAtTheFrontIsTheOldestReadyOneThoughAnotherWasDueBefore() {
		ClaimedJob claimed = running(aJob());
		insert(aJob().delayedBy(seconds(3)));
		pass(seconds(5));
		worker().release(claimed, ReleaseReason.NACK, Duration.ZERO);
		ClaimedJob again = worker().claimOne();
		assertThat(again.job().id()).isEqualTo(claimed.job().id());
		worker().handBack(again);

		assertThat(stats(DEFAULT).count(JobState.READY)).isEqualTo(2);
		assertThat(stats(DEFAULT).oldestReady()).isEqualTo(now());
	}

	@Test
	void aJobRemembersSinceWhenNobodyKnowsItsType() {
		JobId id = insert(aJob());
		pass(seconds(5));
		Instant first = now();
		for (int i = 0; i < 3; i++) {
			worker().release(worker().claimOne(), ReleaseReason.NO_HANDLER, seconds(10));
			assertThat(job(id).times().unhandledSince()).isEqualTo(first);
			pass(seconds(10));
		}

		assertThat(worker().claimOne().job().times().unhandledSince()).isEqualTo(first);
	}

	@Test
	void anyOtherOutcomeShowsThatItsTypeIsKnown() {
		for (Outcome outcome : List.of(new Outcome.Succeeded(StoredResult.NONE),
				new Outcome.Retry(Duration.ZERO, HandWorker.FAILURE), new Outcome.Cancelled("called off"),
				new Outcome.Released(ReleaseReason.SHUTDOWN, Duration.ZERO),
				new Outcome.Released(ReleaseReason.SNOOZE, Duration.ZERO),
				new Outcome.Released(ReleaseReason.NACK, Duration.ZERO))) {
			ClaimedJob claimed = running(aJob().withPriority(0));
			JobId id = claimed.job().id();
			worker().release(claimed, ReleaseReason.NO_HANDLER, Duration.ZERO);
			worker().settle(worker().claimOne(), outcome);

			assertThat(job(id).times().unhandledSince()).as("after %s", outcome).isNull();
			store().control().delete(List.of(id));
		}
	}

	@Test
	void aLostWorkerTellsNothingOfTheType() {
		ClaimedJob claimed = running(aJob());
		worker().release(claimed, ReleaseReason.NO_HANDLER, Duration.ZERO);
		Instant since = now();
		worker().claimOne();
		passLease();
		recover();

		assertThat(job(claimed.job().id()).times().unhandledSince()).isEqualTo(since);
	}

	@Test
	void aJobMayBeHandedBackAnyNumberOfTimes() {
		JobId id = insert(aJob().limited((limits) -> limits.withMaxAttempts(1)).survivingLessThan(1));
		for (int i = 0; i < 100; i++) {
			worker().handBack(worker().claimOne());
		}

		assertThat(state(id)).isEqualTo(JobState.READY);
		assertThat(job(id).counters()).isEqualTo(new JobCounters(0, 100, 0, 0, 100));
	}

}
