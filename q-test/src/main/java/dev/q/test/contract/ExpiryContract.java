package dev.q.test.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimedJob;
import dev.q.store.LeaseAnswer;
import dev.q.store.StoreCapability;
import dev.q.test.Careers;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Jobs whose time is over. For stores that can do {@link StoreCapability#EXPIRY}.
 *
 * @since 0.1
 */
public abstract class ExpiryContract extends Theme {

	@BeforeEach
	void onlyWhereJobsExpire() {
		assumeThat(store().capabilities()).contains(StoreCapability.EXPIRY);
	}

	@Test
	void aJobExpiresAtTheInstantAndNotBefore() {
		JobId id = insert(aJob().livingFor(seconds(10)));

		pass(seconds(10).minus(TICK));
		assertThat(expire()).isEmpty();
		pass(TICK);
		assertThat(expire()).containsExactly(job(id));
		assertThat(state(id)).isEqualTo(JobState.EXPIRED);
		assertThat(job(id).times().finishedAt()).isEqualTo(now());
	}

	@Test
	void aJobThatIsNotYetExpiredIsClaimed() {
		JobId id = insert(aJob().livingFor(seconds(10)));
		pass(seconds(10).minus(TICK));

		assertThat(worker().claimIds(1)).containsExactly(id);
	}

	@Test
	void aJobKnowsWhenItExpires() {
		JobId byAge = insert(aJob().livingFor(minutes(1)));
		JobId byDeadline = insert(aJob().until(now().plusSeconds(30)));
		JobId byTheEarlier = insert(aJob().livingFor(minutes(1)).until(now().plusSeconds(30)));
		JobId never = insert(aJob());

		assertThat(job(byAge).times().expiresAt()).isEqualTo(now().plusSeconds(60));
		assertThat(job(byDeadline).times().expiresAt()).isEqualTo(now().plusSeconds(30));
		assertThat(job(byTheEarlier).times().expiresAt()).isEqualTo(now().plusSeconds(30));
		assertThat(job(never).times().expiresAt()).isNull();
	}

	@Test
	void aJobWithoutLimitNeverExpires() {
		JobId id = insert(aJob());
		pass(days(10_000));

		assertThat(expire()).isEmpty();
		assertThat(worker().claimIds(1)).containsExactly(id);
	}

	@Test
	void aJobWhoseDeadlineHasPassedNeverStarts() {
		JobId id = insert(aJob().until(now().minusSeconds(1)));

		assertThat(worker().claim(1)).isEmpty();
		expire();
		assertThat(state(id)).isEqualTo(JobState.EXPIRED);
		assertThat(job(id).counters().deliveries()).isZero();
	}

	@Test
	void aJobWhoseDeadlinePassedLongAgoExpiresAtTheNextLookToo() {
		insert(aJob().livingFor(seconds(1)));
		pass(seconds(1));
		assertThat(expire()).hasSize(1);
		assertThat(expire()).isEmpty();
		JobId id = insert(aJob().until(now().minus(days(1))));

		assertThat(expire()).containsExactly(job(id));
		assertThat(state(id)).isEqualTo(JobState.EXPIRED);
		assertThat(job(id).times().expiresAt()).isEqualTo(now().minus(days(1)));
	}

	@Test
	void aClaimPassesOverExpiredJobs() {
		insert(aJob().livingFor(seconds(1)), aJob().livingFor(seconds(1)));
		JobId living = insert(aJob());
		pass(seconds(1));

		assertThat(worker().claimIds(1)).containsExactly(living);
	}

	@Test
	void howeverManyJobsExpiredALivingOneIsFoundSoon() {
		for (int i = 0; i < 3; i++) {
			insertGroup(Stream.generate(() -> aJob().livingFor(TICK)).limit(1000).toList());
		}
		JobId living = insert(aJob());
		pass(TICK);

		List<JobId> found = new ArrayList<>();
		ClaimAnswer answer = worker().ask(1);
		while (answer.jobs().isEmpty() && answer.nextDue() != null) {
			assertThat(answer.untilNextDue(LEASE)).as("a claim that gave up says to ask again").isZero();
			answer = worker().ask(1);
		}
		answer.jobs().forEach((claimed) -> found.add(claimed.job().id()));

		assertThat(found).containsExactly(living);
	}

	@Test
	void jobsExpireInEveryStateInWhichTheyLive() {
		List<JobId> ids = new ArrayList<>();
		for (JobState state : List.of(JobState.SCHEDULED, JobState.READY, JobState.RETRYING, JobState.RUNNING)) {
			JobDraft draft = aJob().in(new QueueName("queue-" + state)).livingFor(seconds(10));
			bring(draft, state);
			ids.add(draft.id());
		}
		pass(seconds(10));

		assertThat(expire()).extracting(Job::id).containsExactlyInAnyOrderElementsOf(ids);
		assertThat(ids).allMatch((id) -> state(id) == JobState.EXPIRED);
		pass(hours(2));
		assertThat(promote()).isZero();
		assertThat(recover()).isEmpty();
	}

	@Test
	void finishedJobsDoNotExpire() {
		for (JobState state : Careers.ENDS) {
			JobDraft draft = aJob().livingFor(seconds(10));
			bring(draft, state);
		}
		pass(seconds(10));

		assertThat(expire()).isEmpty();
	}

	@Test
	void aRunningJobThatExpiresLosesItsLease() {
		ClaimedJob claimed = running(aJob().livingFor(seconds(10)));
		pass(seconds(10));
		expire();

		assertThat(worker().renew(claimed)).isEqualTo(LeaseAnswer.LOST);
		assertThat(worker().succeed(claimed)).isEqualTo(LeaseAnswer.LOST);
		assertThat(state(claimed.job().id())).isEqualTo(JobState.EXPIRED);
	}

	@Test
	void aSettlementBeforeTheExpiryIsRecordedIsApplied() {
		ClaimedJob claimed = running(aJob().livingFor(seconds(10)));
		pass(seconds(10));

		assertThat(worker().succeed(claimed)).isEqualTo(LeaseAnswer.APPLIED);
		assertThat(expire()).isEmpty();
		assertThat(state(claimed.job().id())).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void theTimeToLiveStaysArmedAcrossRetriesAndReleases() {
		JobId id = insert(aJob().livingFor(seconds(10)));
		worker().fail(worker().claimOne(), seconds(4));
		pass(seconds(4));
		worker().handBack(worker().claimOne());
		pass(seconds(6));

		assertThat(worker().claim(1)).isEmpty();
		expire();
		assertThat(state(id)).isEqualTo(JobState.EXPIRED);
	}

	@Test
	void aDelayDoesNotProlongALife() {
		JobId id = insert(aJob().delayedBy(seconds(20)).livingFor(seconds(10)));
		pass(seconds(20));

		assertThat(worker().claim(1)).isEmpty();
		expire();
		assertThat(state(id)).isEqualTo(JobState.EXPIRED);
	}

	@Test
	void aLostJobWhoseTimeIsOverExpires() {
		JobId id = running(aJob().livingFor(LEASE)).job().id();
		passLease();

		assertThat(recover()).extracting(Job::state).containsExactly(JobState.EXPIRED);
		assertThat(state(id)).isEqualTo(JobState.EXPIRED);
		assertThat(job(id).counters().crashes()).isOne();
		assertThat(expire()).isEmpty();
	}

	@Test
	void expiryGoesPieceByPiece() {
		insert(aJob().livingFor(seconds(3)), aJob().in(MAIL).livingFor(seconds(1)), aJob().livingFor(seconds(2)));
		pass(seconds(3));

		assertThat(store().maintenance().expire(2)).hasSize(2);
		assertThat(store().maintenance().expire(2)).hasSize(1);
		assertThat(store().maintenance().expire(2)).isEmpty();
	}

	@Test
	void aManualRetryForgetsTheExpiry() {
		JobId id = insert(aJob().livingFor(seconds(10)));
		pass(seconds(10));
		expire();

		assertThat(store().control().retry(List.of(id))).containsExactly(id);
		assertThat(job(id).times().expiresAt()).isNull();
		pass(hours(1));
		assertThat(expire()).isEmpty();
		assertThat(worker().claimIds(1)).containsExactly(id);
	}

	@Test
	void expiredJobsMakeRoomAndAreKept() {
		JobDraft draft = aJob().livingFor(seconds(1));
		insert(draft);
		pass(seconds(1));
		expire();

		insertGroup(List.of(aJob()));
		assertThat(stats(DEFAULT).waiting()).isOne();
		assertThat(stats(DEFAULT).count(JobState.EXPIRED)).isOne();
		assertThat(enter(draft).stored()).isFalse();
	}

	@Test
	void anExpiredJobIsDeletedWhenItWasKeptLongEnough() {
		JobId id = insert(aJob().livingFor(seconds(1)));
		pass(seconds(1));
		expire();
		HandWorker worker = worker();

		pass(worker.retention().expired().minus(TICK));
		assertThat(purge(worker.retention())).isZero();
		pass(TICK);
		assertThat(purge(worker.retention())).isOne();
		assertThat(isKnown(id)).isFalse();
	}

}
