package dev.q.test.contract;

import java.util.List;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer;
import dev.q.store.JobCatalog;
import dev.q.store.LeaseAnswer;
import dev.q.store.PauseMode;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Queues that take nothing in, or hand nothing out.
 *
 * @since 0.1
 */
public abstract class PauseContract extends Theme {

	@Test
	void aQueueThatHandsNothingOutYieldsNothingAtOnce() {
		insert(aJob());
		store().control().pause(DEFAULT, PauseMode.OUT);

		assertThat(worker().claim(1)).isEmpty();
		assertThat(HandWorker.of(secondNode(), "elsewhere").claim(1)).isEmpty();
	}

	@Test
	void aQueueThatHandsNothingOutStillTakesJobsIn() {
		store().control().pause(DEFAULT, PauseMode.OUT);

		JobId id = insert(aJob());

		store().control().resume(DEFAULT);
		assertThat(worker().claimIds(1)).containsExactly(id);
	}

	@Test
	void aQueueThatTakesNothingInRefusesAndSaysWhy() {
		store().control().pause(DEFAULT, PauseMode.IN);
		JobDraft draft = aJob();

		assertThat(offer(0, draft)).isEqualTo(new InsertAnswer.Paused());
		assertThat(isKnown(draft.id())).isFalse();
	}

	@Test
	void aQueueThatTakesNothingInStillHandsJobsOut() {
		JobId id = insert(aJob());
		store().control().pause(DEFAULT, PauseMode.IN);

		assertThat(worker().claimIds(1)).containsExactly(id);
	}

	@Test
	void aQueueThatDoesNeitherDoesNeither() {
		insert(aJob());
		store().control().pause(DEFAULT, PauseMode.ALL);

		assertThat(worker().claim(1)).isEmpty();
		assertThat(offer(0, aJob())).isEqualTo(new InsertAnswer.Paused());
	}

	@Test
	void whatRunsGoesOn() {
		ClaimedJob claimed = running(aJob());
		store().control().pause(DEFAULT, PauseMode.ALL);

		assertThat(worker().renew(claimed)).isEqualTo(LeaseAnswer.APPLIED);
		assertThat(worker().succeed(claimed)).isEqualTo(LeaseAnswer.APPLIED);
	}

	@Test
	void whatComesBackIsNotRefused() {
		insertMany(3);
		List<ClaimedJob> claimed = worker().claim(3);
		store().control().pause(DEFAULT, PauseMode.ALL);

		worker().handBack(claimed.get(0));
		worker().fail(claimed.get(1), seconds(5));
		worker().bury(claimed.get(2));
		store().control().retry(List.of(claimed.get(2).job().id()));

		assertThat(stats(DEFAULT).waiting()).isEqualTo(3);
	}

	@Test
	void maintenanceGoesOn() {
		insert(aJob().withPriority(0));
		worker().claimOne();
		insert(aJob().delayedBy(seconds(1)));
		store().control().pause(DEFAULT, PauseMode.ALL);
		passLease();

		assertThat(recover()).hasSize(1);
		assertThat(promote()).isOne();
		assertThat(stats(DEFAULT).count(JobState.READY)).isEqualTo(2);
	}

	@Test
	void controlGoesOn() {
		List<JobId> ids = insertMany(2);
		store().control().pause(DEFAULT, PauseMode.ALL);

		assertThat(store().control().cancel(ids.subList(0, 1), "called off")).hasSize(1);
		assertThat(store().control().delete(ids.subList(1, 2))).hasSize(1);
	}

	@Test
	void aClaimGoesOnToTheNextQueue() {
		insert(aJob().in(MAIL));
		JobId report = insert(aJob().in(REPORTS));
		store().control().pause(MAIL, PauseMode.OUT);

		assertThat(worker().on(MAIL, REPORTS).claimIds(2)).containsExactly(report);
	}

	@Test
	void otherQueuesAreNotPaused() {
		store().control().pause(MAIL, PauseMode.ALL);

		JobId report = insert(aJob().in(REPORTS));

		assertThat(worker().on(REPORTS).claimIds(1)).containsExactly(report);
	}

	@Test
	void aRefusedGroupLeavesTheGroupsOfOtherQueuesAlone() {
		store().control().pause(MAIL, PauseMode.IN);
		JobDraft report = aJob().in(REPORTS);

		List<InsertAnswer> answers = store().work()
			.insert(List.of(group(0, List.of(aJob().in(MAIL))), group(0, List.of(report))));

		assertThat(answers.get(0)).isEqualTo(new InsertAnswer.Paused());
		assertThat(state(report.id())).isEqualTo(JobState.READY);
	}

	@Test
	void whatIsDueInAPausedQueueIsNoReasonToAskAgain() {
		insert(aJob().in(MAIL).delayedBy(seconds(5)), aJob().in(REPORTS).delayedBy(hours(1)));
		insert(aJob().in(MAIL));
		store().control().pause(MAIL, PauseMode.OUT);

		ClaimAnswer answer = worker().on(MAIL, REPORTS).ask(1);

		assertThat(answer.nextDue()).isEqualTo(now().plus(hours(1)));
	}

	@Test
	void pausingAndResumingTwiceIsHarmless() {
		JobId id = insert(aJob());
		store().control().pause(DEFAULT, PauseMode.OUT);
		store().control().pause(DEFAULT, PauseMode.OUT);
		store().control().resume(DEFAULT);
		store().control().resume(DEFAULT);

		assertThat(worker().claimIds(1)).containsExactly(id);
		assertThat(stats(DEFAULT).pause().mode()).isEqualTo(PauseMode.NONE);
	}

	@Test
	void aPauseReplacesTheOneBefore() {
		JobId id = insert(aJob());
		store().control().pause(DEFAULT, PauseMode.OUT);
		store().control().pause(DEFAULT, PauseMode.IN);

		assertThat(worker().claimIds(1)).containsExactly(id);
		assertThat(offer(0, aJob())).isEqualTo(new InsertAnswer.Paused());
	}

	@Test
	void aPauseOfAQueueThatWasNeverUsedIsRemembered() {
		QueueName fresh = new QueueName("fresh");
		store().control().pause(fresh, PauseMode.IN);
		pass(hours(24));

		assertThat(stats(fresh).pause().mode()).isEqualTo(PauseMode.IN);
		assertThat(offer(0, aJob().in(fresh))).isEqualTo(new InsertAnswer.Paused());
	}

	@Test
	void aPauseOutlivesTheJobsOfItsQueue() {
		insert(aJob());
		store().control().pause(DEFAULT, PauseMode.OUT);
		store().control()
			.delete(store().catalog().peek(DEFAULT, 1, JobCatalog.End.OLDEST).stream().map((job) -> job.id()).toList());
		insert(aJob());

		assertThat(worker().claim(1)).isEmpty();
	}

	@Test
	void theCatalogShowsEveryMode() {
		for (PauseMode mode : PauseMode.values()) {
			store().control().pause(DEFAULT, mode);

			assertThat(stats(DEFAULT).pause().mode()).isEqualTo(mode);
		}
		store().control().resume(DEFAULT);
	}

	@Test
	void anotherNodeSeesThePause() {
		store().control().pause(DEFAULT, PauseMode.ALL);

		assertThat(secondNode().catalog().queues())
			.anyMatch((stats) -> stats.queue().equals(DEFAULT) && stats.pause().mode() == PauseMode.ALL);
	}

}
