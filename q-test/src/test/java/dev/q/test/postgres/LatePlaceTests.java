package dev.q.test.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.q.job.JobId;
import dev.q.job.NewJob;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey.Conflict;
import dev.q.job.UniqueKey.Scope;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Schedule;
import dev.q.store.Settlement;
import dev.q.test.HandWorker;
import dev.q.test.HeardSignals;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that draw the place of a job, and then wait for somebody so long that the claims
 * of all nodes have gone past it when they commit.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LatePlaceTests {

	private static final Duration LONG = Duration.ofSeconds(3);

	private final PostgresTarget target = PostgresTarget.shared();

	private final PostgresStoreFixture fixture = new PostgresStoreFixture(this.target);

	private final JobStore store = this.fixture.store();

	private final HandWorker worker = HandWorker.of(this.store, "w-1");

	private final HandWorker other = HandWorker.of(this.fixture.reopen(), "w-2");

	private final HeardSignals signals = new HeardSignals();

	@BeforeEach
	void subscribe() {
		this.other.store().work().subscribe(this.other.id(), this.signals);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void attemptsThatFailedAreFound() throws SQLException {
		ClaimedJob first = running(JobDraft.aJob());
		ClaimedJob second = running(JobDraft.aJob());
		Outcome retry = new Outcome.Retry(Duration.ZERO, HandWorker.FAILURE);
		CompletableFuture<List<LeaseAnswer>> answers;
		try (OpenTransaction holder = begin()) {
			holder.execute("select from @.q_job where id = '%s' for update".formatted(second.job().id()));
			answers = whoWaits(() -> this.worker.settle(new Settlement(first.lease(), retry),
					new Settlement(second.lease(), retry)));
			goAhead();
		}

		assertThat(answers.join()).containsOnly(LeaseAnswer.APPLIED);
		assertAreFound(first.job().id(), second.job().id());
	}

	@Test
	void attemptsThatFailedInALongTransactionAreFound() {
		ClaimedJob first = running(JobDraft.aJob());
		Outcome retry = new Outcome.Retry(Duration.ZERO, HandWorker.FAILURE);

		new TransactionTemplate(new JdbcTransactionManager(this.target.pool())).executeWithoutResult((status) -> {
			this.store.transaction()
				.orElseThrow()
				.settle(List.of(new Settlement(first.lease(), retry)), Retention.DEFAULT);
			CompletableFuture.runAsync(this::goAhead).join();
		});

		assertAreFound(first.job().id());
	}

	@Test
	void jobsThatAreBroughtBackAreFound() throws SQLException {
		JobId first = dead();
		JobId second = dead();
		CompletableFuture<?> retried;
		try (OpenTransaction holder = begin()) {
			holder.execute(
					"""
							insert into @.q_job (id, queue, lane, prio, pos, seq, created_ms, run_ms, max_crashes, type, payload)
								select id, queue, 21, prio, 0, 0, 0, 0, max_crashes, type, payload from @.q_finished where id = '%s'
							"""
						.formatted(second));
			retried = whoWaits(() -> this.store.control().retry(List.of(first, second)));
			goAhead();
		}

		retried.join();
		assertAreFound(first, second);
	}

	@Test
	void jobsThatWereLostAreFound() throws SQLException {
		this.worker.handBack(running(JobDraft.aJob()));
		this.worker.succeed(this.worker.claimOne());
		ClaimedJob first = running(JobDraft.aJob());
		this.fixture.advance(Duration.ofMillis(1));
		running(JobDraft.aJob().survivingLessThan(1).uniqueBy("key", Scope.UNTIL_DONE, Conflict.THROW));
		this.fixture.advance(HandWorker.LEASE);
		CompletableFuture<?> recovered;
		try (OpenTransaction holder = begin()) {
			holder.execute("select from @.q_unique for update");
			recovered = whoWaits(() -> this.store.maintenance().recoverExpired(2));
			goAhead();
		}

		recovered.join();
		// The node that recovers jobs sweeps then, and others later.
		assertIsFoundByTheOther(first.job().id());
	}

	@Test
	void aTickIsFound() throws SQLException {
		Schedule due = new Schedule("often", "every 1s", "UTC", JobDraft.aJob().spec(), this.fixture.now());
		this.store.schedules().save(List.of(due));
		NewJob tick = JobDraft.aJob().toNewJob();
		CompletableFuture<?> fired;
		try (OpenTransaction holder = begin()) {
			holder.enqueue(tick.spec().queue(), tick.id());
			fired = whoWaits(() -> this.store.schedules().fire(due, this.fixture.now().plusSeconds(1), tick));
			goAhead();
		}

		fired.join();
		assertAreFound(tick.id());
	}

	/** The first one by the node that was called, the second by the one that waits. */
	private void assertAreFound(JobId... jobs) {
		List<JobId> found = this.worker.claimIds(1);
		assertThat(found).containsExactly(jobs[0]);
		if (jobs.length > 1) {
			assertIsFoundByTheOther(jobs[1]);
		}
	}

	/** It looks at each signal, as workers do: the first may be of a job that is gone. */
	private void assertIsFoundByTheOther(JobId job) {
		List<JobId> found = List.of();
		while (found.isEmpty()) {
			this.signals.awaitReady(QueueName.DEFAULT);
			found = this.other.claimIds(1);
		}
		assertThat(found).containsExactly(job);
	}

	private JobId dead() {
		ClaimedJob claimed = running(JobDraft.aJob());
		this.worker.bury(claimed);
		return claimed.job().id();
	}

	private ClaimedJob running(JobDraft draft) {
		insert(draft);
		return this.worker.claimOne();
	}

	private void insert(JobDraft draft) {
		this.store.work().insert(List.of(InsertGroup.of(List.of(draft.toNewJob()))));
	}

	private OpenTransaction begin() throws SQLException {
		return new OpenTransaction(this.target, this.fixture, Connection.TRANSACTION_READ_COMMITTED);
	}

	/** Moves the bounds of both nodes, one of which waits then. */
	private void goAhead() {
		workOff(this.worker);
		workOff(this.other);
		this.fixture.advance(LONG);
		workOff(this.worker);
		workOff(this.other);
		assertThat(this.other.claim(1)).isEmpty();
	}

	private void workOff(HandWorker node) {
		for (int i = 0; i < 4; i++) {
			JobDraft job = JobDraft.aJob();
			insert(job);
			assertThat(node.claimIds(2)).containsExactly(job.id());
		}
	}

	/** Does something on another thread that does not come to an end now. */
	private <T> CompletableFuture<T> whoWaits(Supplier<T> action) {
		return LockWait.of(this.target, this.fixture.schema(), action);
	}

}
