package dev.q.test.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Jobs that wait for their time.
 *
 * @since 0.1
 */
public abstract class DelayContract extends Theme {

	@Test
	void aJobStartsWhenItIsDueAndNotBefore() {
		for (Duration delay : List.of(Duration.ofMillis(2), seconds(1), hours(1), days(3650))) {
			JobId id = insert(aJob().delayedBy(delay));

			pass(delay.minus(TICK));
			assertThat(promote()).isZero();
			assertThat(worker().claim(1)).as("%s early", TICK).isEmpty();
			pass(TICK);
			assertThat(worker().claimIds(1)).as("after %s", delay).containsExactly(id);
		}
	}

	@Test
	void aTimeThatHasPassedMeansAtOnce() {
		for (Due due : List.of(Due.at(now()), Due.at(now().minusSeconds(1)), Due.at(Instant.EPOCH),
				Due.in(Duration.ZERO), Due.in(seconds(-5)))) {
			JobId id = insert(aJob().due(due));

			assertThat(state(id)).as("due %s", due).isEqualTo(JobState.READY);
			assertThat(job(id).times().runAt()).isEqualTo(now());
			assertThat(worker().claimIds(1)).containsExactly(id);
		}
	}

	@Test
	void anInstantAndADelayMeanTheSameTime() {
		JobId at = insert(aJob().due(Due.at(now().plusSeconds(5))));
		JobId in = insert(aJob().delayedBy(seconds(5)));

		assertThat(job(at).times().runAt()).isEqualTo(job(in).times().runAt());
	}

	@Test
	void aJobThatIsDelayedForManyLeasesStartsOnce() {
		JobId id = insert(aJob().delayedBy(LEASE.multipliedBy(50)));
		for (int i = 0; i < 50; i++) {
			assertThat(worker().claim(1)).isEmpty();
			assertThat(recover()).isEmpty();
			passLease();
		}
		worker().succeed(worker().claimOne());

		assertThat(job(id).counters().deliveries()).isOne();
		assertThat(job(id).counters().crashes()).isZero();
	}

	@Test
	void manyJobsOfOneTimeKeepTheirOrder() {
		List<JobId> ids = new ArrayList<>();
		Due due = Due.at(now().plusSeconds(1));
		for (int i = 0; i < 4; i++) {
			ids.addAll(insertGroup(Stream.generate(() -> aJob().due(due)).limit(500).toList()));
		}
		pass(seconds(1));
		promote();

		assertThat(worker().claimIds(2000)).isEqualTo(ids);
	}

	@Test
	void promotionGoesPieceByPiece() {
		List<JobId> ids = insertGroup(Stream.generate(() -> aJob().delayedBy(TICK)).limit(5).toList());
		pass(TICK);

		assertThat(store().maintenance().promoteDue(2)).isEqualTo(2);
		assertThat(stats(DEFAULT).count(JobState.READY)).isEqualTo(2);
		assertThat(store().maintenance().promoteDue(2)).isEqualTo(2);
		assertThat(store().maintenance().promoteDue(2)).isEqualTo(1);
		assertThat(store().maintenance().promoteDue(2)).isZero();
		assertThat(worker().claimIds(10)).isEqualTo(ids);
	}

	@Test
	void theLimitOfAPromotionHoldsForAllQueuesTogether() {
		insert(aJob().in(MAIL).delayedBy(TICK), aJob().in(REPORTS).delayedBy(TICK), aJob().delayedBy(TICK));
		pass(TICK);

		assertThat(store().maintenance().promoteDue(2)).isEqualTo(2);
		assertThat(store().maintenance().promoteDue(2)).isEqualTo(1);
	}

	@Test
	void promotionKeepsTheDueTime() {
		JobId id = insert(aJob().delayedBy(seconds(5)));
		Instant due = now().plusSeconds(5);
		pass(minutes(1));
		promote();

		assertThat(state(id)).isEqualTo(JobState.READY);
		assertThat(job(id).times().runAt()).isEqualTo(due);
	}

	@Test
	void nothingIsPromotedTwice() {
		insert(aJob().delayedBy(TICK));
		pass(TICK);

		assertThat(promote()).isOne();
		assertThat(promote()).isZero();
		assertThat(secondNode().maintenance().promoteDue(10)).isZero();
		assertThat(worker().claim(10)).hasSize(1);
	}

	@Test
	void aDelayedJobThatIsCancelledAtItsTimeDoesNotRun() {
		JobId id = insert(aJob().delayedBy(seconds(1)));
		pass(seconds(1));
		store().control().cancel(List.of(id), "called off");

		assertThat(promote()).isZero();
		assertThat(worker().claim(1)).isEmpty();
		assertThat(state(id)).isEqualTo(JobState.CANCELLED);
	}

	@Test
	void anEarlierJobThatIsStoredLaterStartsOnTime() {
		insert(aJob().delayedBy(hours(1)));
		JobId earlier = insert(aJob().delayedBy(minutes(1)));
		pass(minutes(1));

		assertThat(worker().claimIds(2)).containsExactly(earlier);
	}

	@Test
	void aTimeBeyondWhatCanBeStoredIsRefusedOrKept() {
		for (Due due : List.of(Due.at(Instant.MAX), Due.in(seconds(Long.MAX_VALUE)), Due.in(days(400_000_000L)))) {
			JobDraft neighbour = aJob();
			JobDraft far = aJob().due(due);

			Throwable refusal = catchThrowable(() -> insertGroup(List.of(neighbour, far)));

			if (refusal != null) {
				assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
				assertThat(isKnown(neighbour.id())).as("nothing of the group is stored").isFalse();
			}
			assertThat(worker().claimIds(10)).doesNotContain(far.id());
		}
	}

	@Test
	void aScheduledJobIsCountedAsScheduled() {
		JobId id = insert(aJob().delayedBy(seconds(1)));

		assertThat(stats(DEFAULT).count(JobState.SCHEDULED)).isOne();
		assertThat(stats(DEFAULT).count(JobState.READY)).isZero();
		assertThat(all()).extracting(Job::id).containsExactly(id);
	}

}
