package dev.q.test.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.NewJob;
import dev.q.job.Outcome;
import dev.q.job.StoredResult;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.Lease;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A job is settled in a transaction that stays open for longer than its lease.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class HeldCompletionTests {

	private static final int JOBS = 10;

	private static final int MOST = 100;

	/** Long enough for a lease to run out that is not renewed. */
	private static final Duration STEP = HandWorker.LEASE.dividedBy(3);

	private static final int STEPS_OF_TWO_LEASES = 6;

	/** A job that was held when its lease ran out is looked at again after that. */
	private static final Duration NEXT_LOOK = Duration.ofSeconds(1);

	private final PostgresTarget target = PostgresTarget.shared();

	private final PostgresStoreFixture fixture = new PostgresStoreFixture(this.target);

	private final PlatformTransactionManager manager = new JdbcTransactionManager(this.target.pool());

	private final TransactionTemplate transaction = new TransactionTemplate(this.manager);

	private final HandWorker worker = HandWorker.of(this.fixture.store(), "w-1");

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void twoLeasesInACompletionCostNoOtherJobItsLease() {
		enqueue(JOBS);
		List<ClaimedJob> jobs = this.worker.claim(JOBS);
		ClaimedJob held = jobs.get(0);
		List<ClaimedJob> others = jobs.subList(1, JOBS);
		this.transaction.executeWithoutResult((status) -> {
			assertThat(complete(held)).isEqualTo(LeaseAnswer.APPLIED);
			for (int i = 0; i < STEPS_OF_TWO_LEASES; i++) {
				advance(STEP);
				assertThat(recovered()).isEmpty();
				assertThat(this.worker.renew(held)).isEqualTo(LeaseAnswer.BUSY);
				assertThat(this.worker.renew(leases(jobs))).startsWith(LeaseAnswer.BUSY)
					.filteredOn((answer) -> answer == LeaseAnswer.APPLIED)
					.hasSize(others.size());
			}
		});
		assertThat(find(held).state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(find(held).job().counters()).isEqualTo(new JobCounters(0, 1, 0, 0, 0));
		assertThat(others).allSatisfy((job) -> assertThat(this.worker.succeed(job)).isEqualTo(LeaseAnswer.APPLIED));
	}

	@Test
	void allElseGoesOnMeanwhile() {
		enqueue(JOBS);
		ClaimedJob held = this.worker.claimOne();
		List<JobId> lost = HandWorker.of(this.fixture.store(), "dead").claimIds(2);
		this.transaction.executeWithoutResult((status) -> {
			complete(held);
			enqueue(JOBS);
			advance(HandWorker.LEASE.multipliedBy(2));
			assertThat(recovered()).containsExactlyInAnyOrderElementsOf(lost);
			List<ClaimedJob> rest = this.worker.claim(MOST);
			assertThat(rest).hasSize(2 * JOBS - 1).extracting((job) -> job.job().id()).startsWith(lost.get(0));
			assertThat(rest).allSatisfy((job) -> assertThat(this.worker.succeed(job)).isEqualTo(LeaseAnswer.APPLIED));
		});
		assertThat(find(held).state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aCompletionThatIsRolledBackTooLateIsThatOfALostWorker() {
		enqueue(2);
		List<ClaimedJob> jobs = this.worker.claim(2);
		ClaimedJob held = jobs.get(0);
		this.transaction.executeWithoutResult((status) -> {
			complete(held);
			advance(HandWorker.LEASE.multipliedBy(2));
			assertThat(recovered()).containsExactly(jobs.get(1).job().id());
			status.setRollbackOnly();
		});
		advance(NEXT_LOOK);
		assertThat(recovered()).containsExactly(held.job().id());
		assertThat(this.worker.succeed(held)).isEqualTo(LeaseAnswer.LOST);
		assertThat(find(held).job().counters().crashes()).isEqualTo(1);
	}

	/** Nobody else would see what the clock shows in a transaction. */
	private void advance(Duration span) {
		TransactionTemplate outside = new TransactionTemplate(this.manager);
		outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
		outside.executeWithoutResult((status) -> this.fixture.advance(span));
	}

	private void enqueue(int count) {
		List<NewJob> jobs = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			jobs.add(JobDraft.aJob().toNewJob());
		}
		this.fixture.store().work().insert(List.of(InsertGroup.of(jobs)));
	}

	private LeaseAnswer complete(ClaimedJob job) {
		Settlement settlement = new Settlement(job.lease(), new Outcome.Succeeded(StoredResult.NONE));
		return this.fixture.store().transaction().orElseThrow().settle(List.of(settlement), Retention.DEFAULT).get(0);
	}

	private List<JobId> recovered() {
		return this.fixture.store().maintenance().recoverExpired(MOST).stream().map(Job::id).toList();
	}

	private JobDetails find(ClaimedJob job) {
		return this.fixture.store().catalog().find(List.of(job.job().id())).get(0);
	}

	private static List<Lease> leases(List<ClaimedJob> jobs) {
		return jobs.stream().map(ClaimedJob::lease).toList();
	}

}
