package dev.q.test.contract;

import java.util.ArrayList;
import java.util.List;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.ClaimedJob;
import dev.q.store.Lease;
import dev.q.store.LeaseAnswer;
import dev.q.test.Careers;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a lease holds, and what becomes of a job whose worker was lost.
 *
 * @since 0.1
 */
public abstract class LeaseContract extends Theme {

	@Test
	void aLeaseHoldsUntilItsEndAndNotAtIt() {
		JobId id = running(aJob()).job().id();

		pass(LEASE.minus(TICK));
		assertThat(recover()).isEmpty();
		pass(TICK);
		assertThat(recover()).extracting(Job::id).containsExactly(id);
	}

	@Test
	void aRecoveredJobIsReadyAndHasCrashedOnce() {
		JobId id = running(aJob()).job().id();
		passLease();

		List<Job> recovered = recover();

		assertThat(recovered).containsExactly(job(id));
		assertThat(state(id)).isEqualTo(JobState.READY);
		assertThat(job(id).counters().crashes()).isOne();
		assertThat(job(id).counters().failures()).isZero();
		assertThat(details(id).lastError()).isNull();
	}

	@Test
	void aRenewedJobIsNotRecovered() {
		ClaimedJob claimed = running(aJob());
		for (int i = 0; i < 60; i++) {
			pass(LEASE.dividedBy(3));
			assertThat(worker().renew(claimed)).isEqualTo(LeaseAnswer.APPLIED);
			assertThat(recover()).isEmpty();
		}

		assertThat(worker().claim(1)).isEmpty();
		assertThat(worker().succeed(claimed)).isEqualTo(LeaseAnswer.APPLIED);
		assertThat(job(claimed.job().id()).counters().deliveries()).isOne();
	}

	@Test
	void aRenewalMakesTheLeaseHoldForItsFullLengthFromNowOn() {
		ClaimedJob claimed = running(aJob());
		pass(seconds(20));
		worker().renew(claimed);

		assertThat(details(claimed.job().id()).leasedUntil()).isEqualTo(now().plus(LEASE));
		pass(LEASE.minus(TICK));
		assertThat(recover()).isEmpty();
		pass(TICK);
		assertThat(recover()).hasSize(1);
	}

	@Test
	void aRenewedLeaseCanBeRenewedAgainByTheSameToken() {
		ClaimedJob claimed = running(aJob());
		worker().renew(claimed);
		pass(LEASE.minus(TICK));
		worker().renew(claimed);

		assertThat(worker().succeed(claimed)).isEqualTo(LeaseAnswer.APPLIED);
	}

	@Test
	void aRenewalChangesTheEndOfTheLeaseAndNothingElse() {
		ClaimedJob claimed = running(aJob());
		JobDetails before = details(claimed.job().id());
		pass(seconds(5));

		worker().renew(claimed);

		assertThat(details(claimed.job().id())).usingRecursiveComparison()
			.ignoringFields("leasedUntil")
			.isEqualTo(before);
	}

	@Test
	void aLostLeaseCannotBeRenewedHoweverItWasLost() {
		for (Careers.Loss loss : Careers.Loss.values()) {
			JobDraft draft = aJob().in(new QueueName("queue-" + loss.name()));
			ClaimedJob lost = lose(draft, loss);
			List<JobDetails> before = store().catalog().find(List.of(draft.id()));

			assertThat(worker().renew(lost)).as("after %s", loss).isEqualTo(LeaseAnswer.LOST);
			assertThat(store().catalog().find(List.of(draft.id()))).isEqualTo(before);
		}
	}

	@Test
	void aLeaseThatRanOutCanBeRenewedUntilItIsRecovered() {
		ClaimedJob claimed = running(aJob());
		pass(LEASE.multipliedBy(3));

		assertThat(worker().renew(claimed)).isEqualTo(LeaseAnswer.APPLIED);
		assertThat(recover()).isEmpty();
		assertThat(worker().succeed(claimed)).isEqualTo(LeaseAnswer.APPLIED);
	}

	@Test
	void aLeaseThatNobodyGaveIsLost() {
		Lease real = running(aJob()).lease();
		Lease forged = new Lease(real.job(), real.queue(), "forged", real.worker(), real.length());
		Lease misplaced = new Lease(real.job(), MAIL, real.token(), real.worker(), real.length());
		Lease unknown = new Lease(aJob().id(), real.queue(), real.token(), real.worker(), real.length());

		assertThat(worker().renew(List.of(forged, misplaced, unknown))).containsOnly(LeaseAnswer.LOST);
		assertThat(worker().renew(List.of(real))).containsExactly(LeaseAnswer.APPLIED);
	}

	@Test
	void ofManyRenewalsThoseThatAreLostAreNamed() {
		insertMany(1000);
		List<ClaimedJob> claimed = worker().claim(1000);
		worker().succeed(claimed.get(17));
		store().control().cancel(List.of(claimed.get(500).job().id()), "called off");
		store().control().delete(List.of(claimed.get(999).job().id()));

		List<LeaseAnswer> answers = worker().renew(claimed.stream().map(ClaimedJob::lease).toList());

		List<Integer> lost = new ArrayList<>();
		for (int i = 0; i < answers.size(); i++) {
			if (answers.get(i) == LeaseAnswer.LOST) {
				lost.add(i);
			}
		}
		assertThat(answers).hasSize(1000);
		assertThat(lost).containsExactly(17, 500, 999);
	}

	@Test
	void renewalsOfSeveralQueuesGoTogether() {
		ClaimedJob first = running(aJob().in(MAIL));
		ClaimedJob lost = lose(aJob().in(REPORTS), Careers.Loss.SUCCEEDED);
		ClaimedJob second = running(aJob().in(REPORTS));
		ClaimedJob third = running(aJob().in(MAIL));

		assertThat(worker().renew(List.of(first.lease(), lost.lease(), second.lease(), third.lease())))
			.containsExactly(LeaseAnswer.APPLIED, LeaseAnswer.LOST, LeaseAnswer.APPLIED, LeaseAnswer.APPLIED);
	}

	@Test
	void noLeasesAreNothingToRenew() {
		assertThat(worker().renew(List.of())).isEmpty();
	}

	@Test
	void everyJobIsRecoveredAtTheEndOfItsOwnLease() {
		JobId longer = insert(aJob().leasedFor(minutes(2)));
		JobId shorter = insert(aJob().leasedFor(seconds(2)));
		JobId usual = insert(aJob());
		worker().claim(3);

		pass(seconds(2));
		assertThat(recover()).extracting(Job::id).containsExactly(shorter);
		pass(seconds(28));
		assertThat(recover()).extracting(Job::id).containsExactly(usual);
		pass(seconds(90));
		assertThat(recover()).extracting(Job::id).containsExactly(longer);
	}

	@Test
	void leasesThatEndWithinAMomentAreToldApartToTheMillisecond() {
		List<JobId> ids = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			ids.add(insert(aJob().leasedFor(seconds(1).plusMillis(i))));
		}
		worker().claim(10);
		pass(seconds(1).minus(TICK));
		for (JobId id : ids) {
			pass(TICK);
			assertThat(recover()).extracting(Job::id).containsExactly(id);
		}
	}

	@Test
	void aRecoveredJobIsRecoveredOnce() {
		running(aJob());
		passLease();

		assertThat(recover()).hasSize(1);
		assertThat(recover()).isEmpty();
		assertThat(secondNode().maintenance().recoverExpired(10)).isEmpty();
	}

	@Test
	void manyLostJobsAreRecoveredPieceByPiece() {
		insertMany(5);
		worker().claim(5);
		passLease();

		assertThat(store().maintenance().recoverExpired(2)).hasSize(2);
		assertThat(store().maintenance().recoverExpired(2)).hasSize(2);
		assertThat(store().maintenance().recoverExpired(2)).hasSize(1);
		assertThat(store().maintenance().recoverExpired(2)).isEmpty();
		assertThat(worker().claim(10)).hasSize(5);
	}

	@Test
	void theLimitOfARecoveryHoldsForAllQueuesTogether() {
		running(aJob().in(MAIL));
		running(aJob().in(REPORTS));
		passLease();

		assertThat(store().maintenance().recoverExpired(1)).hasSize(1);
		assertThat(store().maintenance().recoverExpired(1)).hasSize(1);
	}

	@Test
	void whoeverComesBackUnderTheSameNameHasNoLeases() {
		ClaimedJob before = running(aJob());
		passLease();
		recover();
		ClaimedJob after = worker().claimOne();

		assertThat(worker().renew(before)).isEqualTo(LeaseAnswer.LOST);
		assertThat(worker().succeed(before)).isEqualTo(LeaseAnswer.LOST);
		assertThat(worker().renew(after)).isEqualTo(LeaseAnswer.APPLIED);
	}

	@Test
	void aRenewalOfALostLeaseDoesNotHelpTheNewHolder() {
		ClaimedJob lost = lose(aJob(), Careers.Loss.CLAIMED_BY_ANOTHER);
		pass(seconds(10));

		worker().renew(lost);

		assertThat(details(lost.job().id()).leasedUntil()).isEqualTo(now().plus(LEASE).minusSeconds(10));
	}

	@Test
	void aJobThatEndedIsNotRecovered() {
		for (Careers.Loss loss : List.of(Careers.Loss.SUCCEEDED, Careers.Loss.DEAD, Careers.Loss.CANCELLED,
				Careers.Loss.DELETED, Careers.Loss.FAILED, Careers.Loss.HANDED_BACK)) {
			lose(aJob().in(new QueueName("queue-" + loss.name())), loss);
		}
		pass(LEASE.multipliedBy(2));

		assertThat(recover()).isEmpty();
	}

	@Test
	void aLongGoneLeaseIsStillFound() {
		JobId id = running(aJob()).job().id();
		pass(days(400));

		assertThat(recover()).extracting(Job::id).containsExactly(id);
	}

}
