package dev.q.test.contract;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.ClaimedJob;
import dev.q.store.LeaseAnswer;
import dev.q.test.Careers;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What people do to jobs. Manual retries are in {@link RetryContract}.
 *
 * @since 0.1
 */
public abstract class ControlContract extends Theme {

	@Test
	void jobsThatHaveNotEndedCanBeCancelledAndOthersCannot() {
		for (JobState state : Careers.STATES) {
			JobDraft draft = inQueueOf(state);
			bring(draft, state);

			Set<JobId> cancelled = store().control().cancel(List.of(draft.id()), "no longer wanted");

			assertThat(!cancelled.isEmpty()).as("cancel of a job that is %s", state).isEqualTo(!state.isTerminal());
			assertThat(state(draft.id())).isEqualTo(state.isTerminal() ? state : JobState.CANCELLED);
		}
	}

	@Test
	void aCancelledJobSaysWhyAndWhen() {
		JobId id = insert(aJob());
		pass(seconds(5));
		store().control().cancel(List.of(id), "no longer wanted");

		assertThat(details(id).cancelReason()).isEqualTo("no longer wanted");
		assertThat(job(id).times().finishedAt()).isEqualTo(now());
	}

	@Test
	void theReasonOfTheFirstCancelIsKept() {
		JobId id = insert(aJob());
		store().control().cancel(List.of(id), "first");
		store().control().cancel(List.of(id), "second");

		assertThat(details(id).cancelReason()).isEqualTo("first");
	}

	@Test
	void aCancelledJobNeverStarts() {
		for (JobState state : Careers.WAITS) {
			JobDraft draft = aJob();
			bring(draft, state);
			store().control().cancel(List.of(draft.id()), "called off");
		}
		pass(hours(2));
		promote();
		recover();

		assertThat(worker().claim(10)).isEmpty();
	}

	@Test
	void cancellingARunningJobTakesItsLease() {
		ClaimedJob claimed = running(aJob());
		store().control().cancel(List.of(claimed.job().id()), "called off");

		assertThat(worker().renew(claimed)).isEqualTo(LeaseAnswer.LOST);
		assertThat(worker().succeed(claimed)).isEqualTo(LeaseAnswer.LOST);
		assertThat(state(claimed.job().id())).isEqualTo(JobState.CANCELLED);
		assertThat(details(claimed.job().id()).worker()).isNull();
	}

	@Test
	void jobsCanBeDeletedInEveryState() {
		for (JobState state : Careers.STATES) {
			JobDraft draft = inQueueOf(state);
			bring(draft, state);

			assertThat(store().control().delete(List.of(draft.id()))).containsExactly(draft.id());
			assertThat(isKnown(draft.id())).isFalse();
			assertThat(stats(draft.spec().queue()).counts().values()).allMatch((count) -> count == 0);
		}
	}

	@Test
	void onlyJobsInTheStatesThatAreMeantAreDeletedOrCancelled() {
		for (JobState state : Careers.STATES) {
			JobDraft draft = inQueueOf(state);
			bring(draft, state);
			Set<JobState> others = EnumSet.complementOf(EnumSet.of(state));
			List<JobId> ids = List.of(draft.id());

			assertThat(store().control().cancel(ids, others, "meant for others")).isEmpty();
			assertThat(store().control().delete(ids, others)).isEmpty();
			assertThat(state(draft.id())).isEqualTo(state);
			assertThat(store().control().cancel(ids, EnumSet.of(state), "meant").isEmpty())
				.as("cancel of a job that is %s", state)
				.isEqualTo(state.isTerminal());
			assertThat(store().control().delete(ids, EnumSet.of(state(draft.id())))).containsExactly(draft.id());
		}
	}

	@Test
	void deletingARunningJobTakesItsLeaseAndNothingBringsItBack() {
		ClaimedJob claimed = running(aJob());
		store().control().delete(List.of(claimed.job().id()));

		assertThat(worker().renew(claimed)).isEqualTo(LeaseAnswer.LOST);
		assertThat(worker().succeed(claimed)).isEqualTo(LeaseAnswer.LOST);
		assertThat(worker().handBack(claimed)).isEqualTo(LeaseAnswer.LOST);
		passLease();
		assertThat(recover()).isEmpty();
		assertThat(all()).isEmpty();
	}

	@Test
	void aDeletedIdIsNewAgain() {
		JobDraft draft = aJob();
		ClaimedJob before = running(draft);
		store().control().delete(List.of(draft.id()));

		assertThat(enter(draft).stored()).isTrue();
		assertThat(worker().succeed(before)).isEqualTo(LeaseAnswer.LOST);
		assertThat(worker().claimOne().job().counters().deliveries()).isOne();
	}

	@Test
	void waitingJobsCanBeGivenAnotherTime() {
		for (JobState state : Careers.WAITS) {
			JobDraft draft = inQueueOf(state);
			bring(draft, state);

			Set<JobId> changed = store().control().reschedule(List.of(draft.id()), Due.in(minutes(10)));

			assertThat(changed).as("reschedule of a job that is %s", state).containsExactly(draft.id());
			assertThat(job(draft.id()).times().runAt()).isEqualTo(now().plus(minutes(10)));
			assertThat(worker().on(draft.spec().queue()).claim(1)).isEmpty();
		}
		pass(minutes(10).minus(TICK));
		assertThat(promote()).isZero();
		pass(TICK);
		assertThat(promote()).isEqualTo(Careers.WAITS.size());
	}

	@Test
	void aJobCannotBeGivenATimeBeyondWhatCanBeStored() {
		JobId id = insert(aJob());

		for (Due due : List.of(Due.in(days(366 * 7980)), Due.at(Due.LATEST.plusMillis(1)))) {
			assertThatIllegalArgumentException().isThrownBy(() -> store().control().reschedule(List.of(id), due));
		}
		assertThat(state(id)).isEqualTo(JobState.READY);
	}

	@Test
	void runningAndFinishedJobsKeepTheirTime() {
		for (JobState state : Careers.STATES) {
			JobDraft draft = inQueueOf(state);
			bring(draft, state);
			if (!state.isWaiting()) {
				assertThat(store().control().reschedule(List.of(draft.id()), Due.in(hours(1)))).isEmpty();
				assertThat(state(draft.id())).isEqualTo(state);
			}
		}
	}

	@Test
	void aJobCanBeMadeToRunAtOnce() {
		List<JobId> ids = insert(aJob().delayedBy(hours(1)), aJob().delayedBy(hours(1)));

		store().control().reschedule(ids.subList(0, 1), Due.NOW);
		store().control().reschedule(ids.subList(1, 2), Due.at(now().minusSeconds(60)));

		assertThat(ids).allMatch((id) -> state(id) == JobState.READY);
		assertThat(worker().claimIds(2)).isEqualTo(ids);
	}

	@Test
	void aRescheduledJobKeepsItsHistory() {
		JobDraft draft = aJob();
		bring(draft, JobState.RETRYING);
		store().control().reschedule(List.of(draft.id()), Due.in(seconds(1)));

		assertThat(job(draft.id()).attempt()).isEqualTo(2);
		assertThat(details(draft.id()).lastError()).isNotNull();
	}

	@Test
	void onlyTheJobsThatChangedAreNamed() {
		JobDraft done = aJob();
		bring(done, JobState.SUCCEEDED);
		JobId here = insert(aJob().in(MAIL));
		JobId there = insert(aJob().in(REPORTS));

		Set<JobId> cancelled = store().control()
			.cancel(List.of(aJob().id(), here, done.id(), there, here), "called off");

		assertThat(cancelled).containsExactlyInAnyOrder(here, there);
	}

	@Test
	void unknownJobsAreNoError() {
		List<JobId> unknown = List.of(aJob().id());

		assertThat(store().control().cancel(unknown, "called off")).isEmpty();
		assertThat(store().control().retry(unknown)).isEmpty();
		assertThat(store().control().delete(unknown)).isEmpty();
		assertThat(store().control().reschedule(unknown, Due.NOW)).isEmpty();
		assertThat(store().control().cancel(List.of(), "called off")).isEmpty();
	}

	@Test
	void aJobGoesThroughAllItsStatesAndIsInOnePlaceOnly() {
		JobId id = insert(aJob().delayedBy(seconds(1)));
		List<JobState> seen = new ArrayList<>(List.of(state(id)));
		for (int round = 0; round < 3; round++) {
			store().control().reschedule(List.of(id), Due.NOW);
			seen.add(state(id));
			store().control().cancel(List.of(id), "called off");
			store().control().retry(List.of(id));
			ClaimedJob claimed = worker().claimOne();
			worker().fail(claimed, hours(1));
			seen.add(state(id));
			store().control().reschedule(List.of(id), Due.in(hours(2)));
			checkInvariants();
		}

		assertThat(seen).containsExactly(JobState.SCHEDULED, JobState.READY, JobState.RETRYING, JobState.READY,
				JobState.RETRYING, JobState.READY, JobState.RETRYING);
		assertThat(worker().claim(10)).isEmpty();
	}

	private static JobDraft inQueueOf(JobState state) {
		return aJob().in(new QueueName("queue-" + state));
	}

}
