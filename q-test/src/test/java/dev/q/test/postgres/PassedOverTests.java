package dev.q.test.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey.Conflict;
import dev.q.job.UniqueKey.Scope;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.PauseMode;
import dev.q.store.QueueStats;
import dev.q.store.Schedule;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What waits for others, and what others hold: nothing of it is passed over.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class PassedOverTests {

	private static final QueueName QUEUE = QueueName.DEFAULT;

	private static final QueueName OTHER = new QueueName("other");

	private final PostgresTarget target = PostgresTarget.shared();

	private final PostgresStoreFixture fixture = new PostgresStoreFixture(this.target);

	private final HandWorker worker = HandWorker.of(this.fixture.store(), "w-1");

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aJobThatWasStoredAfterALongWaitForAKeyIsFoundAtOnce(boolean commits) {
		JobDraft first = JobDraft.aJob().uniqueBy("key");
		JobDraft second = JobDraft.aJob().uniqueBy("key");
		JobDraft beside = JobDraft.aJob().uniqueBy("beside");
		CompletableFuture<?> stored = transactions().execute((status) -> {
			if (!commits) {
				status.setRollbackOnly();
			}
			joined(first);
			CompletableFuture<?> waiting = whoWaits(() -> insert(second, beside));
			CompletableFuture.runAsync(this::goAhead).join();
			return waiting;
		});
		stored.join();

		assertThat(this.worker.claimIds(3)).containsExactly(commits ? first.id() : second.id(), beside.id());
	}

	@ParameterizedTest
	@ValueSource(strings = { "REPLACE_PAYLOAD", "RESCHEDULE" })
	void aReadyJobIsFoundThoughWhoHeldItIsRolledBack(Conflict conflict) {
		JobDraft first = JobDraft.aJob().uniqueBy("key");
		insert(first);
		findNothing(this.worker.on(OTHER));
		transactions().executeWithoutResult((status) -> {
			status.setRollbackOnly();
			joined(JobDraft.aJob().uniqueBy("key", Scope.UNTIL_DONE, conflict).delayedBy(Duration.ofHours(1)));
			CompletableFuture.runAsync(() -> findNothing(this.worker)).join();
		});

		assertThat(this.worker.claimIds(1)).containsExactly(first.id());
	}

	@Test
	void aReadyJobIsFoundThoughWhoHeldItFoundItsQueueFull() throws SQLException {
		JobDraft first = JobDraft.aJob().uniqueBy("key");
		insert(first);
		findNothing(this.worker.on(OTHER));
		this.fixture.jdbc()
			.update("insert into %s.q_queue (name) values (?)".formatted(this.fixture.schema()), QUEUE.value());
		List<NewJob> jobs = List.of(
				JobDraft.aJob().uniqueBy("key", Scope.UNTIL_DONE, Conflict.REPLACE_PAYLOAD).toNewJob(),
				JobDraft.aJob().toNewJob());
		CompletableFuture<InsertAnswer> answer;
		try (OpenTransaction counts = begin()) {
			counts.execute("select from @.q_queue for update");
			answer = whoWaits(
					() -> this.fixture.store().work().insert(List.of(new InsertGroup(QUEUE, jobs, 1))).get(0));
			findNothing(this.worker);
		}

		assertThat(answer.join()).isEqualTo(new InsertAnswer.Full(1, 1));
		assertThat(this.worker.claimIds(1)).containsExactly(first.id());
	}

	@Test
	void aJobIsMadeReadyThoughAnotherNodeWasAboutToLongAgo() throws SQLException {
		JobDraft job = JobDraft.aJob().delayedBy(Duration.ofMinutes(1));
		insert(job);
		this.fixture.advance(Duration.ofMinutes(2));
		try (OpenTransaction other = begin()) {
			other.execute("select pg_advisory_xact_lock(hashtextextended('%s', '@.q_job'::regclass::oid::bigint))"
				.formatted(QUEUE));
			findNothing(this.worker);
			assertThat(this.worker.ask(1).nextDue()).isAfter(this.fixture.now());
		}

		assertThat(this.worker.claimIds(1)).containsExactly(job.id());
	}

	@Test
	void aTickIsNotLostWhenItsQueueIsPausedMeanwhile() throws SQLException {
		Schedule due = new Schedule("often", "every 1s", "UTC", JobDraft.aJob().spec(), this.fixture.now());
		this.fixture.store().schedules().save(List.of(due));
		NewJob tick = JobDraft.aJob().toNewJob();
		CompletableFuture<Boolean> fired;
		try (OpenTransaction other = begin()) {
			other.execute("select from @.q_schedule for update");
			fired = whoWaits(() -> this.fixture.store().schedules().fire(due, this.fixture.now().plusSeconds(1), tick));
			this.fixture.store().control().pause(QUEUE, PauseMode.IN);
		}

		assertThat(fired.join()).isFalse();
		assertThat(this.fixture.store().schedules().due(1).due()).containsExactly(due);
	}

	@Test
	void whoWaitsLongForAnIdleQueueLeavesNothingBehind() {
		this.fixture.store().work().subscribe(this.worker.id(), (queue) -> true);
		for (int i = 0; i < 50; i++) {
			assertThat(this.worker.claim(1)).isEmpty();
			this.fixture.advance(PostgresSettings.DEFAULT.waiterLife());
		}

		assertThat(this.fixture.jdbc()
			.queryForObject("select count(*) from %s.q_waiter".formatted(this.fixture.schema()), Integer.class))
			.isLessThan(5);
	}

	@Test
	void whatRunsIsCountedBehindVeryManyThatAreReady() {
		insert(JobDraft.aJob());
		this.worker.claimOne();
		for (int i = 0; i < 21; i++) {
			insert(IntStream.range(0, 500).mapToObj((n) -> JobDraft.aJob().withPriority(0)).toArray(JobDraft[]::new));
		}
		this.fixture.store().maintenance().recoverExpired(1);

		QueueStats stats = this.fixture.store().catalog().queues().get(0);
		assertThat(stats.counts()).containsEntry(JobState.RUNNING, 1L).containsEntry(JobState.READY, 10_500L);
	}

	private OpenTransaction begin() throws SQLException {
		return new OpenTransaction(this.target, this.fixture, Connection.TRANSACTION_READ_COMMITTED);
	}

	private TransactionTemplate transactions() {
		return new TransactionTemplate(new JdbcTransactionManager(this.target.pool()));
	}

	private void joined(JobDraft draft) {
		this.fixture.store().transaction().orElseThrow().insert(List.of(InsertGroup.of(List.of(draft.toNewJob()))));
	}

	private List<InsertAnswer> insert(JobDraft... drafts) {
		return this.fixture.store()
			.work()
			.insert(List.of(InsertGroup.of(Arrays.stream(drafts).map(JobDraft::toNewJob).toList())));
	}

	/** For a thread that is in no transaction. */
	private void goAhead() {
		workOff();
		this.fixture.advance(Duration.ofSeconds(3));
		workOff();
	}

	private void workOff() {
		for (int i = 0; i < 4; i++) {
			JobDraft job = JobDraft.aJob();
			insert(job);
			List<JobId> found = this.worker.claimIds(2);
			assertThat(found).containsExactly(job.id());
		}
	}

	/** Often enough to know that all that was stored before is settled. */
	private static void findNothing(HandWorker worker) {
		for (int i = 0; i < 4; i++) {
			assertThat(worker.claim(1)).isEmpty();
		}
	}

	/** Does something on another thread that does not come to an end now. */
	private <T> CompletableFuture<T> whoWaits(Supplier<T> action) {
		return LockWait.of(this.target, this.fixture.schema(), action);
	}

}
