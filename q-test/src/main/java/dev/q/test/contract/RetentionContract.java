package dev.q.test.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.StoredResult;
import dev.q.store.ClaimedJob;
import dev.q.store.JobCatalog;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.test.Careers;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long finished jobs are kept.
 *
 * @since 0.1
 */
public abstract class RetentionContract extends Theme {

	private static final Retention SHORT = new Retention(hours(1), 100, hours(2), hours(3), hours(4));

	private static final Retention NOTHING = new Retention(Duration.ZERO, 0, Duration.ZERO, Duration.ZERO,
			Duration.ZERO);

	@Test
	void everyKindIsKeptForItsOwnTimeAndNoLonger() {
		for (JobState end : Careers.ENDS) {
			JobDraft draft = aJob();
			bring(draft, end);

			pass(keptFor(end).minus(TICK));
			assertThat(purge(SHORT)).as("%s a moment before", end).isZero();
			pass(TICK);
			assertThat(purge(SHORT)).as("%s at its time", end).isOne();
			assertThat(isKnown(draft.id())).isFalse();
		}
	}

	private static Duration keptFor(JobState end) {
		return switch (end) {
			case SUCCEEDED -> SHORT.succeeded();
			case CANCELLED -> SHORT.cancelled();
			default -> SHORT.dead();
		};
	}

	@Test
	void livingJobsAreNeverTouched() {
		for (JobState state : List.of(JobState.SCHEDULED, JobState.READY, JobState.RUNNING, JobState.RETRYING)) {
			bring(aJob().in(new QueueName("queue-" + state)), state);
		}
		pass(days(10_000));

		assertThat(purge(NOTHING)).isZero();
		assertThat(all()).hasSize(4);
	}

	@Test
	void moreSuccessesThanAreKeptPushOutTheOldest() {
		HandWorker worker = worker().keeping(new Retention(hours(1), 3, hours(1), hours(1), hours(1)));
		List<JobId> ids = insertMany(5);
		for (ClaimedJob claimed : worker.claim(5)) {
			worker.succeed(claimed);
			assertThat(stats(DEFAULT).count(JobState.SUCCEEDED)).isLessThanOrEqualTo(3);
		}

		assertThat(ids).filteredOn(this::isKnown).isEqualTo(ids.subList(2, 5));
	}

	@Test
	void theOldestSuccessIsTheOneThatEndedFirst() {
		HandWorker worker = worker().keeping(new Retention(hours(1), 1, hours(1), hours(1), hours(1)));
		insertMany(2);
		List<ClaimedJob> claimed = worker.claim(2);
		worker.succeed(claimed.get(1));
		pass(TICK);
		worker.succeed(claimed.get(0));

		assertThat(isKnown(claimed.get(0).job().id())).isTrue();
		assertThat(isKnown(claimed.get(1).job().id())).isFalse();
	}

	@Test
	void everyQueueKeepsItsOwnSuccesses() {
		HandWorker worker = worker().on(MAIL, REPORTS)
			.keeping(new Retention(hours(1), 1, hours(1), hours(1), hours(1)));
		insert(aJob().in(MAIL), aJob().in(REPORTS));
		worker.claim(2).forEach(worker::succeed);

		assertThat(stats(MAIL).count(JobState.SUCCEEDED)).isOne();
		assertThat(stats(REPORTS).count(JobState.SUCCEEDED)).isOne();
	}

	@Test
	void otherEndsAreNotPushedOutBySuccesses() {
		JobDraft dead = aJob();
		bring(dead, JobState.DEAD);
		HandWorker worker = worker().keeping(new Retention(hours(1), 1, hours(1), hours(1), hours(1)));
		insertMany(3);
		worker.claim(3).forEach(worker::succeed);

		assertThat(isKnown(dead.id())).isTrue();
	}

	@Test
	void whatIsNotKeptAtAllIsGoneWithItsSettlement() {
		HandWorker worker = worker().keeping(NOTHING);
		List<JobId> ids = insertMany(3);
		List<ClaimedJob> claimed = worker.claim(3);

		assertThat(worker.succeed(claimed.get(0))).isEqualTo(LeaseAnswer.APPLIED);
		assertThat(worker.bury(claimed.get(1))).isEqualTo(LeaseAnswer.APPLIED);
		assertThat(worker.callOff(claimed.get(2))).isEqualTo(LeaseAnswer.APPLIED);

		assertThat(ids).noneMatch(this::isKnown);
		assertThat(store().catalog().search(JobCatalog.Query.ALL, 10, null).items()).isEmpty();
		assertThat(worker.succeed(claimed.get(0))).isEqualTo(LeaseAnswer.LOST);
	}

	@Test
	void successesAreNotKeptIfEitherLimitIsZero() {
		for (Retention retention : List.of(new Retention(Duration.ZERO, 10, hours(1), hours(1), hours(1)),
				new Retention(hours(1), 0, hours(1), hours(1), hours(1)))) {
			JobId id = insert(aJob());
			worker().keeping(retention).succeed(worker().claimOne());

			assertThat(isKnown(id)).isFalse();
		}
	}

	@Test
	void deadJobsAreKeptByDefault() {
		HandWorker worker = worker().keeping(Retention.NOTHING);
		ClaimedJob claimed = running(aJob());
		worker.bury(claimed);

		assertThat(isKnown(claimed.job().id())).isTrue();
	}

	@Test
	void anIdThatIsNoLongerKnownRunsAgain() {
		JobDraft draft = aJob();
		bring(draft, JobState.SUCCEEDED);
		pass(SHORT.succeeded());
		purge(SHORT);

		assertThat(enter(draft).stored()).isTrue();
		assertThat(worker().claimIds(1)).containsExactly(draft.id());
	}

	@Test
	void anIdThatWasNotKeptRunsAgain() {
		JobDraft draft = aJob();
		worker().keeping(NOTHING).succeed(running(draft));

		assertThat(enter(draft).stored()).isTrue();
	}

	@Test
	void purgingGoesPieceByPieceAndOldestFirst() {
		List<JobId> ids = insertMany(5);
		for (ClaimedJob claimed : worker().claim(5)) {
			worker().succeed(claimed);
			pass(seconds(1));
		}
		pass(days(1));

		assertThat(store().maintenance().purge(SHORT, 2)).isEqualTo(2);
		assertThat(ids).filteredOn(this::isKnown).isEqualTo(ids.subList(2, 5));
		assertThat(store().maintenance().purge(SHORT, 2)).isEqualTo(2);
		assertThat(store().maintenance().purge(SHORT, 2)).isEqualTo(1);
		assertThat(store().maintenance().purge(SHORT, 2)).isZero();
	}

	@Test
	void theLimitOfAPurgeHoldsForAllQueuesTogether() {
		bring(aJob().in(MAIL), JobState.SUCCEEDED);
		bring(aJob().in(REPORTS), JobState.DEAD);
		pass(days(1));

		assertThat(store().maintenance().purge(SHORT, 1)).isOne();
		assertThat(store().maintenance().purge(SHORT, 1)).isOne();
	}

	@Test
	void aPurgeAppliesASmallerNumberToWhatWasKeptBefore() {
		List<JobId> ids = insertMany(4);
		worker().claim(4).forEach(worker()::succeed);

		assertThat(purge(new Retention(hours(1), 1, hours(1), hours(1), hours(1)))).isEqualTo(3);
		assertThat(ids).filteredOn(this::isKnown).isEqualTo(ids.subList(3, 4));
	}

	@Test
	void aPurgeWithoutRetentionDeletesAllThatHasEnded() {
		for (JobState end : Careers.ENDS) {
			bring(aJob(), end);
		}

		assertThat(purge(NOTHING)).isEqualTo(Careers.ENDS.size());
		assertThat(all()).isEmpty();
	}

	@Test
	void jobsCanBeKeptForEver() {
		Duration ever = seconds(Long.MAX_VALUE);
		Retention retention = new Retention(ever, Integer.MAX_VALUE, ever, ever, ever);
		for (JobState end : Careers.ENDS) {
			bring(aJob(), end);
		}
		pass(days(100_000));

		assertThat(purge(retention)).isZero();
		assertThat(all()).hasSize(Careers.ENDS.size());
	}

	@Test
	void aResultCanBeReadAsLongAsItsJobIsKept() {
		ClaimedJob claimed = running(aJob());
		worker().settle(claimed, new Outcome.Succeeded(new StoredResult.Value(payload("42"))));
		pass(hours(23));
		purge(Retention.DEFAULT);

		assertThat(details(claimed.job().id()).result()).isEqualTo(new StoredResult.Value(payload("42")));
	}

	@Test
	void theTimeIsCountedFromTheEndOfTheJob() {
		Instant start = now();
		ClaimedJob claimed = running(aJob());
		pass(minutes(59));
		worker().renew(claimed);
		worker().succeed(claimed);
		pass(minutes(30));

		assertThat(purge(SHORT)).isZero();
		assertThat(job(claimed.job().id()).times().finishedAt()).isEqualTo(start.plus(minutes(59)));
	}

}
