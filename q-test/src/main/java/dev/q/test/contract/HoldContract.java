package dev.q.test.contract;

import java.util.List;
import java.util.Set;

import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer;
import dev.q.store.JobCatalog;
import dev.q.store.QueueStats;
import dev.q.test.Careers;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Jobs on hold: scheduled, without a date.
 *
 * @since 0.1
 */
public abstract class HoldContract extends Theme {

	@Test
	void waitingJobsCanBePutOnHoldAndOthersCannot() {
		for (JobState state : Careers.STATES) {
			JobDraft draft = inQueueOf(state);
			bring(draft, state);

			Set<JobId> held = store().control().hold(List.of(draft.id()));

			assertThat(!held.isEmpty()).as("hold of a job that is %s", state).isEqualTo(state.isWaiting());
			assertThat(state(draft.id())).isEqualTo(state.isWaiting() ? JobState.SCHEDULED : state);
			assertThat(job(draft.id()).isHeld()).isEqualTo(state.isWaiting());
			checkInvariants();
		}
	}

	@Test
	void aJobOnHoldHasNoDateAndNothingMakesItReady() {
		JobId id = held(aJob());
		pass(days(365 * 100));

		assertThat(job(id).times().runAt()).isNull();
		assertThat(promote()).isZero();
		assertThat(recover()).isEmpty();
		assertThat(worker().claim(10)).isEmpty();
		assertThat(store().control().retry(List.of(id))).isEmpty();
		assertThat(job(id).isHeld()).isTrue();
	}

	@Test
	void nobodyComesBackForJobsOnHold() {
		held(aJob());
		held(aJob().delayedBy(hours(1)));
		ClaimAnswer answer = worker().ask(1);

		assertThat(answer.jobs()).isEmpty();
		assertThat(answer.nextDue()).isNull();
		insert(aJob().delayedBy(hours(2)));
		assertThat(worker().ask(1).nextDue()).isEqualTo(now().plus(hours(2)));
	}

	@Test
	void theFiguresSayWhenTheNextJobIsDue() {
		assertThat(heldAlone().nextDue()).isNull();
		insert(aJob().delayedBy(hours(2)));
		insert(aJob().delayedBy(hours(1)));
		assertThat(stats(DEFAULT).nextDue()).isEqualTo(now().plus(hours(1)));
		pass(hours(3));
		promote();

		assertThat(stats(DEFAULT).nextDue()).isNull();
	}

	@Test
	void aJobOnHoldDelaysNoOther() {
		JobId held = held(aJob());
		JobId other = insert(aJob());
		JobId later = insert(aJob().delayedBy(hours(1)));

		assertThat(worker().claimIds(10)).containsExactly(other);
		pass(hours(1));
		assertThat(promote()).isOne();
		assertThat(worker().claimIds(10)).containsExactly(later);
		assertThat(job(held).isHeld()).isTrue();
	}

	@Test
	void aReleasedJobIsReadyAtTheEndOfItsPriority() {
		JobId first = held(aJob());
		JobId urgent = held(aJob().withPriority(0));
		JobId second = insert(aJob());
		pass(seconds(5));

		assertThat(store().control().release(List.of(first, urgent))).containsExactlyInAnyOrder(first, urgent);
		assertThat(job(first).times().runAt()).isEqualTo(now());
		assertThat(worker().claimIds(10)).containsExactly(urgent, second, first);
	}

	@Test
	void releasedJobsComeInTheOrderGiven() {
		JobId a = held(aJob());
		JobId b = held(aJob());
		store().control().release(List.of(b, a));

		assertThat(worker().claimIds(2)).containsExactly(b, a);
	}

	@Test
	void onlyJobsOnHoldCanBeReleased() {
		for (JobState state : Careers.STATES) {
			JobDraft draft = inQueueOf(state);
			bring(draft, state);

			assertThat(store().control().release(List.of(draft.id()))).isEmpty();
			assertThat(state(draft.id())).isEqualTo(state);
		}
		JobId id = held(aJob());
		assertThat(store().control().hold(List.of(id))).isEmpty();
		assertThat(store().control().release(List.of(aJob().id()))).isEmpty();
		assertThat(store().control().hold(List.of())).isEmpty();
	}

	@Test
	void aNewTimeEndsTheHold() {
		JobId soon = held(aJob());
		JobId later = held(aJob());
		store().control().reschedule(List.of(soon), Due.NOW);
		store().control().reschedule(List.of(later), Due.in(minutes(10)));

		assertThat(state(soon)).isEqualTo(JobState.READY);
		assertThat(job(later).isHeld()).isFalse();
		pass(minutes(10));
		assertThat(worker().claimIds(10)).containsExactly(soon, later);
	}

	@Test
	void aJobOnHoldKeepsItsHistoryAndItsAttempts() {
		JobDraft draft = aJob();
		bring(draft, JobState.RETRYING);
		store().control().hold(List.of(draft.id()));

		assertThat(job(draft.id()).attempt()).isEqualTo(2);
		store().control().release(List.of(draft.id()));
		ClaimedJob claimed = worker().claimOne();
		assertThat(claimed.job().attempt()).isEqualTo(2);
		assertThat(details(draft.id()).lastError()).isNotNull();
	}

	@Test
	void aJobOnHoldKeepsItsKeyAndItsPlaceInTheCount() {
		JobId id = held(aJob().uniqueBy("key"));

		assertThat(enter(aJob().uniqueBy("key"))).isEqualTo(new InsertAnswer.Entry(id, false));
		assertThat(stats(DEFAULT).waiting()).isOne();
		assertThat(stats(DEFAULT).count(JobState.SCHEDULED)).isOne();
		assertThat(stats(DEFAULT).oldestReady()).isNull();
		assertThat(offer(1, aJob())).isInstanceOf(InsertAnswer.Full.class);
	}

	@Test
	void aJobOnHoldExpires() {
		JobId id = held(aJob().livingFor(minutes(1)));
		pass(minutes(1));

		assertThat(expire()).extracting((job) -> job.id()).containsExactly(id);
		assertThat(state(id)).isEqualTo(JobState.EXPIRED);
		assertThat(job(id).isHeld()).isFalse();
	}

	@Test
	void aJobOnHoldCanBeCancelledBroughtBackAndDeleted() {
		JobId id = held(aJob());

		assertThat(store().control().cancel(List.of(id), "called off")).containsExactly(id);
		assertThat(job(id).isHeld()).isFalse();
		assertThat(store().control().retry(List.of(id))).containsExactly(id);
		assertThat(job(id).times().runAt()).isEqualTo(now());
		store().control().hold(List.of(id));
		assertThat(store().control().delete(List.of(id))).containsExactly(id);
		assertThat(isKnown(id)).isFalse();
	}

	@Test
	void jobsOnHoldAreFoundAndNotPeekedAt() {
		JobId id = held(aJob());
		JobCatalog.Query scheduled = new JobCatalog.Query(Set.of(JobState.SCHEDULED), DEFAULT, null);

		assertThat(store().catalog().search(scheduled, ALL, null).items()).extracting((job) -> job.id())
			.containsExactly(id);
		assertThat(store().catalog().peek(DEFAULT, ALL, JobCatalog.End.OLDEST)).isEmpty();
	}

	private QueueStats heldAlone() {
		held(aJob());
		return stats(DEFAULT);
	}

	private JobId held(JobDraft draft) {
		JobId id = insert(draft);
		assertThat(store().control().hold(List.of(id))).containsExactly(id);
		return id;
	}

	private static JobDraft inQueueOf(JobState state) {
		return aJob().in(new QueueName("queue-" + state));
	}

}
