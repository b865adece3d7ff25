package dev.q.test.contract;

import java.time.Duration;
import java.util.List;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.ReleaseReason;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer;
import dev.q.test.Careers;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many jobs may wait in a queue.
 *
 * @since 0.1
 */
public abstract class CapacityContract extends Theme {

	@Test
	void aQueueTakesAsManyJobsAsMayWaitAndRefusesTheNext() {
		assertThat(offer(2, aJob())).isInstanceOf(InsertAnswer.Accepted.class);
		assertThat(offer(2, aJob())).isInstanceOf(InsertAnswer.Accepted.class);

		assertThat(offer(2, aJob())).isEqualTo(new InsertAnswer.Full(2, 2));
		assertThat(stats(DEFAULT).waiting()).isEqualTo(2);
	}

	@Test
	void aGroupThatFitsExactlyIsTaken() {
		insert(aJob());

		assertThat(offer(3, aJob(), aJob())).isInstanceOf(InsertAnswer.Accepted.class);
	}

	@Test
	void aGroupThatDoesNotFitIsRefusedWhole() {
		insert(aJob());

		InsertAnswer answer = offer(3, aJob(), aJob(), aJob());

		assertThat(answer).isEqualTo(new InsertAnswer.Full(3, 1));
		assertThat(stats(DEFAULT).waiting()).isOne();
	}

	@Test
	void aGroupLargerThanItsQueueIsRefused() {
		assertThat(offer(2, aJob(), aJob(), aJob())).isEqualTo(new InsertAnswer.Full(2, 0));
		assertThat(all()).isEmpty();
	}

	@Test
	void aRefusedGroupTouchesNoNeighbour() {
		insert(aJob());
		JobDraft mail = aJob().in(MAIL);
		JobDraft later = aJob();

		List<InsertAnswer> answers = store().work()
			.insert(List.of(group(1, List.of(aJob())), group(0, List.of(mail)), group(0, List.of(later))));

		assertThat(answers.get(0)).isEqualTo(new InsertAnswer.Full(1, 1));
		assertThat(answers.subList(1, 3)).hasOnlyElementsOfType(InsertAnswer.Accepted.class);
		assertThat(state(mail.id())).isEqualTo(JobState.READY);
		assertThat(state(later.id())).isEqualTo(JobState.READY);
	}

	@Test
	void aRefusedGroupIsTakenWhenThereIsRoom() {
		insert(aJob());
		JobDraft refused = aJob();
		offer(1, refused);
		worker().claimOne();

		assertThat(offer(1, refused)).isInstanceOf(InsertAnswer.Accepted.class);
	}

	@Test
	void everyJobThatWaitsCounts() {
		for (JobState state : Careers.WAITS) {
			bring(aJob().withPriority((state == JobState.RETRYING) ? 0 : 9), state);
		}

		assertThat(offer(1, aJob())).isEqualTo(new InsertAnswer.Full(1, Careers.WAITS.size()));
	}

	@Test
	void runningAndFinishedJobsDoNotCount() {
		for (JobState state : Careers.ENDS) {
			bring(aJob(), state);
		}
		bring(aJob(), JobState.RUNNING);

		assertThat(offer(1, aJob())).isInstanceOf(InsertAnswer.Accepted.class);
	}

	@Test
	void knownJobsNeedNoRoom() {
		JobDraft known = aJob();
		insert(known);

		assertThat(offer(1, known)).isInstanceOf(InsertAnswer.Accepted.class);
		assertThat(offer(1, known, aJob())).isEqualTo(new InsertAnswer.Full(1, 1));
	}

	@Test
	void knownJobsNeedNoRoomEvenWhereTooManyWait() {
		JobDraft known = aJob();
		insert(known, aJob(), aJob());

		assertThat(offer(2, known)).isInstanceOf(InsertAnswer.Accepted.class);
	}

	@Test
	void jobsWhoseKeyIsTakenNeedNoRoom() {
		JobId holder = insert(aJob().uniqueBy("key"));

		InsertAnswer answer = offer(1, aJob().uniqueBy("key"));

		assertThat(answer).isEqualTo(new InsertAnswer.Accepted(List.of(new InsertAnswer.Entry(holder, false))));
	}

	@Test
	void whatComesTwiceInAGroupNeedsRoomOnce() {
		JobDraft draft = aJob();

		InsertAnswer ids = offer(1, draft, draft);
		InsertAnswer keys = offer(2, aJob().uniqueBy("key"), aJob().uniqueBy("key"));

		assertThat(ids).isInstanceOf(InsertAnswer.Accepted.class);
		assertThat(keys).isInstanceOf(InsertAnswer.Accepted.class);
		assertThat(stats(DEFAULT).waiting()).isEqualTo(2);
	}

	@Test
	void aFullQueueTakesBackWhatWasClaimed() {
		List<JobId> ids = insertMany(4);
		List<ClaimedJob> claimed = worker().claim(4);
		offer(1, aJob());

		worker().fail(claimed.get(0), hours(1));
		worker().handBack(claimed.get(1));
		worker().release(claimed.get(2), ReleaseReason.NACK, Duration.ZERO);
		passLease();
		recover();

		assertThat(ids).noneMatch((id) -> state(id) == JobState.RUNNING);
		assertThat(offer(1, aJob())).isEqualTo(new InsertAnswer.Full(1, 5));
	}

	@Test
	void aFullQueueTakesBackWhatIsRetriedByHand() {
		JobDraft dead = aJob();
		bring(dead, JobState.DEAD);
		offer(1, aJob());

		assertThat(store().control().retry(List.of(dead.id()))).containsExactly(dead.id());
		assertThat(stats(DEFAULT).waiting()).isEqualTo(2);
	}

	@Test
	void everyWayOutOfAQueueMakesRoom() {
		List<JobId> ids = insertMany(4);
		store().control().cancel(ids.subList(0, 1), "called off");
		store().control().delete(ids.subList(1, 2));
		worker().claimOne();

		assertThat(offer(2, aJob())).isInstanceOf(InsertAnswer.Accepted.class);
		assertThat(offer(2, aJob())).isEqualTo(new InsertAnswer.Full(2, 2));
	}

	@Test
	void theLimitIsThatOfTheGroupAndNotRemembered() {
		insert(aJob());
		offer(1, aJob());

		assertThat(offer(5, aJob())).isInstanceOf(InsertAnswer.Accepted.class);
		assertThat(offer(0, aJob())).isInstanceOf(InsertAnswer.Accepted.class);
	}

}
