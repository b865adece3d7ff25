package dev.q.test.contract;

import java.time.Duration;
import java.util.List;

import dev.q.job.DeadReason;
import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.store.ClaimedJob;
import dev.q.test.Careers;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attempts that fail, and jobs that are brought back.
 *
 * @since 0.1
 */
public abstract class RetryContract extends Theme {

	@Test
	void aFailedJobWaitsForItsNextAttempt() {
		ClaimedJob claimed = running(aJob());
		pass(seconds(3));
		worker().fail(claimed, seconds(15));

		Job job = job(claimed.job().id());
		assertThat(job.state()).isEqualTo(JobState.RETRYING);
		assertThat(job.times().runAt()).isEqualTo(now().plusSeconds(15));
		assertThat(job.attempt()).isEqualTo(2);
		assertThat(details(job.id()).lastError()).isEqualTo(HandWorker.FAILURE);
	}

	@Test
	void theNextAttemptIsNeverEarly() {
		JobId id = running(aJob()).job().id();
		passLease();
		recover();
		worker().fail(worker().claimOne(), seconds(15));

		pass(seconds(15).minus(TICK));
		assertThat(promote()).isZero();
		assertThat(worker().claim(1)).isEmpty();
		pass(TICK);
		assertThat(worker().claimIds(1)).containsExactly(id);
	}

	@Test
	void aRetryWithoutDelayIsReadyAtOnce() {
		ClaimedJob claimed = running(aJob());
		worker().fail(claimed, Duration.ZERO);

		assertThat(state(claimed.job().id())).isEqualTo(JobState.READY);
		assertThat(worker().claimOne().job().attempt()).isEqualTo(2);
	}

	@Test
	void attemptsRiseByOneUntilTheLast() {
		insert(aJob().limited((limits) -> limits.withMaxAttempts(4)));
		for (int attempt = 1; attempt <= 4; attempt++) {
			ClaimedJob claimed = worker().claimOne();
			assertThat(claimed.job().attempt()).isEqualTo(attempt);
			assertThat(claimed.job().isLastAttempt()).isEqualTo(attempt == 4);
			worker().fail(claimed, Duration.ZERO);
		}
	}

	@Test
	void theStoreLeavesItToItsCallersWhenAJobIsDead() {
		ClaimedJob last = running(aJob().limited((limits) -> limits.withMaxAttempts(1)));
		worker().fail(last, Duration.ZERO);

		assertThat(state(last.job().id())).isEqualTo(JobState.READY);
	}

	@Test
	void theLastFailureIsTheOneThatIsKept() {
		JobId id = insert(aJob());
		worker().settle(worker().claimOne(), new Outcome.Retry(Duration.ZERO, JobError.of("A", "first")));
		worker().settle(worker().claimOne(), new Outcome.Retry(Duration.ZERO, JobError.of("B", "second")));

		assertThat(details(id).lastError()).isEqualTo(JobError.of("B", "second"));
	}

	@Test
	void longFailuresAndStrangeCharactersAreKeptAsFarAsTheyCanBe() {
		JobError error = new JobError("T", "\ud800 lone \u0000 nul \ud834\udd1e", "x\n".repeat(50_000));
		ClaimedJob claimed = running(aJob());
		worker().settle(claimed, new Outcome.Retry(Duration.ZERO, error));

		assertThat(details(claimed.job().id()).lastError()).isEqualTo(error);
	}

	@Test
	void deadReasonsCountAFailureIfAHandlerFailed() {
		for (DeadReason reason : DeadReason.values()) {
			ClaimedJob claimed = running(aJob());
			worker().settle(claimed, new Outcome.Dead(reason, HandWorker.FAILURE));

			JobId id = claimed.job().id();
			assertThat(state(id)).isEqualTo(JobState.DEAD);
			assertThat(details(id).deadReason()).isEqualTo(reason);
			assertThat(details(id).lastError()).isEqualTo(HandWorker.FAILURE);
			assertThat(job(id).counters().failures()).as("failures of %s", reason)
				.isEqualTo(reason.countsAsFailure() ? 1 : 0);
		}
	}

	@Test
	void aManualRetryStartsOverAndLetsDeliveriesRise() {
		JobId id = insert(aJob());
		worker().claimOne();
		passLease();
		recover();
		worker().fail(worker().claimOne(), Duration.ZERO);
		worker().bury(worker().claimOne());
		pass(minutes(1));

		assertThat(store().control().retry(List.of(id))).containsExactly(id);

		assertThat(state(id)).isEqualTo(JobState.READY);
		assertThat(job(id).counters()).isEqualTo(new JobCounters(0, 3, 0, 0, 0));
		assertThat(job(id).times().runAt()).isEqualTo(now());
		assertThat(job(id).times().finishedAt()).isNull();
		assertThat(details(id).deadReason()).isNull();
		assertThat(details(id).lastError()).isEqualTo(HandWorker.FAILURE);
		assertThat(worker().claimOne().job().counters().deliveries()).isEqualTo(4);
	}

	@Test
	void aManualRetryGetsATokenOfItsOwn() {
		ClaimedJob before = running(aJob());
		worker().bury(before);
		store().control().retry(List.of(before.job().id()));
		ClaimedJob after = worker().claimOne();

		assertThat(after.lease().token()).isNotEqualTo(before.lease().token());
	}

	@Test
	void deadAndCancelledJobsCanBeRetriedAndOthersCannot() {
		for (JobState state : Careers.STATES) {
			JobDraft draft = aJob().in(new QueueName("queue-" + state));
			bring(draft, state);
			boolean expected = state == JobState.DEAD || state == JobState.CANCELLED;

			boolean retried = !store().control().retry(List.of(draft.id())).isEmpty();

			assertThat(retried).as("retry of a job that is %s", state).isEqualTo(expected);
			assertThat(state(draft.id())).isEqualTo(expected ? JobState.READY : state);
		}
	}

	@Test
	void aSucceededJobIsNeverRunAgainUnderItsId() {
		JobDraft draft = aJob();
		bring(draft, JobState.SUCCEEDED);
		store().control().retry(List.of(draft.id()));
		enter(draft);
		store().control().reschedule(List.of(draft.id()), Due.NOW);

		assertThat(worker().claim(1)).isEmpty();
	}

	@Test
	void aRetriedJobMayCrashAsOftenAsAtFirst() {
		JobId id = insert(aJob().survivingLessThan(2));
		for (int round = 0; round < 2; round++) {
			for (int crash = 0; crash < 2; crash++) {
				assertThat(state(id)).isEqualTo(JobState.READY);
				worker().claimOne();
				passLease();
				recover();
			}
			assertThat(details(id).deadReason()).isEqualTo(DeadReason.CRASHED);
			store().control().retry(List.of(id));
		}
	}

	@Test
	void aRetriedJobIsNotPurgedAsADeadOne() {
		JobId id = insert(aJob());
		worker().bury(worker().claimOne());
		store().control().retry(List.of(id));
		pass(days(1000));

		assertThat(purge(worker().retention())).isZero();
		assertThat(isKnown(id)).isTrue();
	}

}
