package dev.q.test.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.q.admin.JobAdmin;
import dev.q.job.DeadReason;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.ReleaseReason;
import dev.q.job.WorkerId;
import dev.q.job.history.AttemptOutcome;
import dev.q.job.history.AttemptRecord;
import dev.q.store.ClaimedJob;
import dev.q.store.LeaseAnswer;
import dev.q.store.WorkerInfo;
import dev.q.test.Careers;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is known of each attempt of a job.
 *
 * @since 0.1
 */
public abstract class AttemptHistoryContract extends AttemptTheme {

	@Test
	void aJobThatWasNeverClaimedHasNoAttempts() {
		assertThat(attempts(insert(aJob()))).isEmpty();
		assertThat(attempts(aJob().id())).isEmpty();
	}

	@Test
	void anAttemptIsSeenWhileItIsUnderWay() {
		ClaimedJob claimed = running(aJob());
		Instant start = now();
		pass(seconds(3));

		assertThat(attempts(claimed))
			.containsExactly(new AttemptRecord(1, AttemptOutcome.RUNNING, new WorkerId("worker-1"), start, null, null));
	}

	@Test
	void aSuccessIsToldFromTheJobItself() {
		ClaimedJob claimed = running(aJob());
		Instant start = now();
		pass(seconds(3));
		worker().succeed(claimed);

		assertThat(attempts(claimed))
			.containsExactly(new AttemptRecord(1, AttemptOutcome.SUCCEEDED, null, start, now(), null));
	}

	@Test
	void theFailuresOfAllAttemptsAreKeptInTheirOrder() {
		JobId id = insert(aJob());
		List<AttemptRecord> expected = new ArrayList<>();
		for (int number = 1; number <= 4; number++) {
			ClaimedJob claimed = worker("worker-" + number).claimOne();
			Instant start = now();
			pass(seconds(number));
			JobError error = new JobError("Failure" + number, "of " + number, "at line " + number);
			worker("worker-" + number).settle(claimed, (number < 4) ? new Outcome.Retry(Duration.ZERO, error)
					: new Outcome.Dead(DeadReason.EXHAUSTED, error));
			expected.add(new AttemptRecord(number, (number < 4) ? AttemptOutcome.FAILED : AttemptOutcome.DEAD,
					new WorkerId("worker-" + number), start, now(), error));
		}

		assertThat(attempts(id)).containsExactlyElementsOf(expected);
	}

	@Test
	void aSuccessComesAfterTheFailuresBeforeIt() {
		JobId id = insert(aJob());
		worker().fail(worker().claimOne(), Duration.ZERO);
		worker().succeed(worker().claimOne());

		assertThat(outcomes(id)).containsExactly(AttemptOutcome.FAILED, AttemptOutcome.SUCCEEDED);
		assertThat(errors(id)).containsExactly(HandWorker.FAILURE, null);
	}

	@Test
	void handBacksAreTold() {
		JobId id = insert(aJob());
		for (ReleaseReason reason : ReleaseReason.values()) {
			worker().release(worker().claimOne(), reason, Duration.ZERO);
		}

		assertThat(outcomes(id)).containsExactly(AttemptOutcome.RELEASED, AttemptOutcome.SNOOZED,
				AttemptOutcome.REFUSED, AttemptOutcome.UNHANDLED);
		assertThat(attempts(id)).allMatch((attempt) -> new WorkerId("worker-1").equals(attempt.worker()));
		assertThat(errors(id)).containsOnlyNulls();
	}

	@Test
	void aLostWorkerIsToldByItsName() {
		ClaimedJob claimed = running(aJob());
		Instant start = now();
		passLease();
		recover();

		assertThat(attempts(claimed))
			.containsExactly(new AttemptRecord(1, AttemptOutcome.LOST, new WorkerId("worker-1"), start, now(), null));
	}

	@Test
	void theCrashThatEndsAJobBearsItsFailure() {
		JobId tooOften = running(aJob().survivingLessThan(1)).job().id();
		JobId once = running(aJob().startingOnce()).job().id();
		passLease();
		recover();

		for (JobId id : List.of(tooOften, once)) {
			assertThat(outcomes(id)).containsExactly(AttemptOutcome.LOST);
			assertThat(errors(id)).containsExactly(details(id).lastError());
		}
	}

	@Test
	void theEndOfALeaseOfAWorkerThatDrainsIsNoLoss() {
		ClaimedJob claimed = running(aJob());
		store().cluster()
			.announce(new WorkerInfo(new WorkerId("worker-1"), "host", now(), WorkerInfo.State.DRAINING,
					List.of(DEFAULT), Set.of(), 1, 1), hours(1));
		passLease();
		recover();

		assertThat(outcomes(claimed.job().id())).containsExactly(AttemptOutcome.RELEASED);
	}

	@Test
	void anAttemptEndsWithItsJobWhoeverEndsThat() {
		ClaimedJob calledOff = running(aJob());
		worker().callOff(calledOff);
		ClaimedJob cancelled = running(aJob());
		store().control().cancel(List.of(cancelled.job().id()), "wrong customer");
		ClaimedJob expired = running(aJob().livingFor(seconds(5)));
		pass(seconds(6));
		expire();

		assertThat(outcomes(calledOff.job().id())).containsExactly(AttemptOutcome.CANCELLED);
		assertThat(outcomes(cancelled.job().id())).containsExactly(AttemptOutcome.CANCELLED);
		assertThat(outcomes(expired.job().id())).containsExactly(AttemptOutcome.EXPIRED);
		assertThat(attempts(expired)).extracting(AttemptRecord::endedAt).containsExactly(now());
	}

	@Test
	void aJobThatEndsWhileItWaitsHasNoFurtherAttempt() {
		JobId id = insert(aJob());
		worker().fail(worker().claimOne(), hours(1));
		store().control().cancel(List.of(id), "called off");

		assertThat(outcomes(id)).containsExactly(AttemptOutcome.FAILED);
	}

	@Test
	void aManualRetryKeepsTheHistory() {
		JobId id = insert(aJob());
		worker().fail(worker().claimOne(), Duration.ZERO);
		worker().bury(worker().claimOne());
		store().control().retry(List.of(id));
		worker().fail(worker().claimOne(), Duration.ZERO);

		assertThat(numbers(id)).containsExactly(1, 2, 3);
		assertThat(outcomes(id)).containsExactly(AttemptOutcome.FAILED, AttemptOutcome.DEAD, AttemptOutcome.FAILED);
	}

	@Test
	void anAttemptThatWasCancelledIsKnownAfterAManualRetry() {
		ClaimedJob claimed = running(aJob());
		JobId id = claimed.job().id();
		store().control().cancel(List.of(id), "called off");
		store().control().retry(List.of(id));
		worker().succeed(worker().claimOne());

		assertThat(outcomes(id)).containsExactly(AttemptOutcome.CANCELLED, AttemptOutcome.SUCCEEDED);
	}

	@Test
	void aStaleSettlementAddsNothing() {
		for (Careers.Loss loss : Careers.Loss.values()) {
			JobDraft draft = aJob().in(MAIL);
			ClaimedJob claimed = lose(draft, loss);
			List<AttemptRecord> before = store().catalog().attempts(MAIL, draft.id());

			assertThat(worker().on(MAIL).fail(claimed, Duration.ZERO)).isEqualTo(LeaseAnswer.LOST);
			assertThat(worker().on(MAIL).bury(claimed)).isEqualTo(LeaseAnswer.LOST);

			assertThat(store().catalog().attempts(MAIL, draft.id())).as("after %s", loss).isEqualTo(before);
			store().control().delete(List.of(draft.id()));
		}
	}

	@Test
	void anotherNodeSeesTheSame() {
		JobId id = insert(aJob());
		worker().fail(worker().claimOne(), Duration.ZERO);

		assertThat(secondNode().catalog().attempts(DEFAULT, id)).hasSize(1).isEqualTo(attempts(id));
	}

	@Test
	void theAdministratorIsToldTheSame() {
		JobId id = insert(aJob());
		worker().fail(worker().claimOne(), Duration.ZERO);

		assertThat(new JobAdmin(store()).attempts(DEFAULT, id)).hasSize(1).isEqualTo(attempts(id));
	}

	@Test
	void aJobIsLookedForInItsQueueOnly() {
		ClaimedJob claimed = running(aJob().in(MAIL));
		worker().on(MAIL).fail(claimed, hours(1));

		assertThat(attempts(claimed.job().id())).isEmpty();
		assertThat(store().catalog().attempts(MAIL, claimed.job().id())).hasSize(1);
		assertThat(state(claimed.job().id())).isEqualTo(JobState.RETRYING);
	}

}
