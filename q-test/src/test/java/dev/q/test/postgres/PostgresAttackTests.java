package dev.q.test.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.zaxxer.hikari.HikariDataSource;
import dev.q.job.JobId;
import dev.q.job.Outcome;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.StoredResult;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreException;
import dev.q.store.TransactionStore;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import dev.q.test.server.postgres.PostgresPlace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What goes on beside a store, and against it: many nodes at once, transactions that see
 * the past, and objects of the same names.
 */
class PostgresAttackTests {

	private static final QueueName QUEUE = QueueName.DEFAULT;

	private static final List<QueueName> QUEUES = List.of(QUEUE, new QueueName("mail"), new QueueName("reports"));

	private static final int NODES = 4;

	private static final int ROUNDS = 100;

	private final PostgresTarget target = PostgresTarget.shared();

	private PostgresStoreFixture fixture;

	@BeforeEach
	void open() {
		this.fixture = new PostgresStoreFixture(this.target);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void aTransactionThatDoesNotSeeThatAJobHasEndedDoesNotStoreItAgain() throws SQLException {
		HandWorker worker = HandWorker.of(this.fixture.store(), "w");
		JobDraft job = JobDraft.aJob();
		try (OpenTransaction past = new OpenTransaction(this.target, this.fixture,
				Connection.TRANSACTION_REPEATABLE_READ)) {
			past.execute("select 1");
			put(this.fixture.store(), job, 0);
			worker.succeed(worker.claimOne());

			assertThatThrownBy(() -> past.enqueue(QUEUE, job.id())).isInstanceOf(SQLException.class)
				.extracting("SQLState")
				.isEqualTo("40001");
		}
		new Invariants(this.fixture).check();
	}

	@Test
	void aTextThatTheServerCannotHoldIsARefusalAndNoOutage() {
		put(this.fixture.store(), JobDraft.aJob(), 0);
		Payload payload = Payload.of("a\0b", new byte[] { 1 });
		Settlement settlement = new Settlement(HandWorker.of(this.fixture.store(), "w").claimOne().lease(),
				new Outcome.Succeeded(new StoredResult.Value(payload)));

		assertThatExceptionOfType(StoreException.class)
			.isThrownBy(() -> this.fixture.store().work().settle(List.of(settlement), Retention.DEFAULT))
			.matches(StoreException::isRefusal);
	}

	@Test
	void temporaryTablesOfTheSameNameAreNotUsed() throws SQLException {
		try (OpenTransaction attack = new OpenTransaction(this.target, this.fixture,
				Connection.TRANSACTION_READ_COMMITTED)) {
			attack.execute("create temporary table q_job (id uuid) on commit drop");
			JobId job = attack.enqueue(QUEUE);
			attack.commit();

			assertThat(HandWorker.of(this.fixture.store(), "w").claimIds(1)).containsExactly(job);
		}
	}

	@Test
	void aRefusalLeavesTheTransactionOfTheCallerUsable() {
		TransactionStore joined = this.fixture.store().transaction().orElseThrow();
		JobDraft refused = JobDraft.aJob();
		JobDraft stored = JobDraft.aJob().in(QUEUES.get(1));
		put(this.fixture.store(), JobDraft.aJob(), 1);

		new TransactionTemplate(new DataSourceTransactionManager(this.target.pool())).executeWithoutResult((status) -> {
			assertThat(joined.insert(List.of(new InsertGroup(QUEUE, List.of(refused.toNewJob()), 1))))
				.containsExactly(new InsertAnswer.Full(1, 1));
			joined.insert(List.of(InsertGroup.of(List.of(stored.toNewJob()))));
		});

		assertThat(HandWorker.of(this.fixture.store(), "w").on(QUEUES.get(1)).claimIds(1)).containsExactly(stored.id());
	}

	@Test
	void manyNodesAtOnceNeitherBlockEachOtherNorOverfillAQueue() throws Exception {
		try (PostgresPlace database = this.target.server().freshDatabase()) {
			PostgresTarget alone = PostgresTarget.of(database.server());
			try (PostgresStoreFixture crowded = new PostgresStoreFixture(alone)) {
				crowd(crowded);
				new Invariants(crowded).check();
			}
			// Connections report what they met when they end, if not before.
			((HikariDataSource) alone.pool()).close();
			assertThat(database.server()
				.value("select deadlocks from pg_stat_database where datname = current_database()")).isEqualTo("0");
		}
	}

	private static void crowd(PostgresStoreFixture fixture) throws InterruptedException, ExecutionException {
		List<JobDraft> pool = Collections.nCopies(30, 0).stream().map((unused) -> JobDraft.aJob()).toList();
		ExecutorService threads = Executors.newFixedThreadPool(NODES);
		try {
			List<Future<?>> ends = new ArrayList<>();
			for (int i = 0; i < NODES; i++) {
				JobStore node = fixture.reopen();
				Random random = new Random(i);
				ends.add(threads.submit(() -> disturb(node, pool, random)));
			}
			for (Future<?> end : ends) {
				end.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	/** All that may be done at the same time, each with its jobs in any order. */
	private static void disturb(JobStore node, List<JobDraft> pool, Random random) {
		HandWorker worker = HandWorker.of(node, "w" + random.nextInt()).on(QUEUES.get(random.nextInt(3)), QUEUE);
		for (int round = 0; round < ROUNDS; round++) {
			List<JobDraft> some = new ArrayList<>(pool.subList(0, 12));
			Collections.shuffle(some, random);
			List<JobId> ids = some.stream().map(JobDraft::id).limit(5).toList();
			node.work().insert(groups(some, random));
			List<ClaimedJob> held = worker.keeping(Retention.DEFAULT).claim(6);
			worker.renew(held.stream().map(ClaimedJob::lease).toList());
			for (ClaimedJob job : held) {
				if (random.nextBoolean()) {
					worker.fail(job, Duration.ZERO);
				}
				else {
					worker.bury(job);
				}
			}
			switch (random.nextInt(4)) {
				case 0 -> node.control().cancel(ids, "enough");
				case 1 -> node.control().delete(ids);
				default -> node.control().retry(ids);
			}
			node.maintenance().promoteDue(10);
			node.maintenance().recoverExpired(10);
			node.maintenance().expire(10);
			node.maintenance().purge(Retention.DEFAULT, 10);
		}
	}

	/** Bounded queues and unique keys, in any order. */
	private static List<InsertGroup> groups(List<JobDraft> some, Random random) {
		List<InsertGroup> groups = new ArrayList<>();
		for (int i = 0; i < some.size(); i++) {
			QueueName queue = QUEUES.get((int) Math.floorMod(some.get(i).id().value().getLeastSignificantBits(), 3L));
			JobDraft job = some.get(i).in(queue).uniqueBy("key" + random.nextInt(20));
			groups.add(new InsertGroup(queue, List.of(job.toNewJob()), queue.equals(QUEUE) ? 0 : 20));
		}
		return groups;
	}

	private static void put(JobStore node, JobDraft job, int limit) {
		node.work().insert(List.of(new InsertGroup(job.spec().queue(), List.of(job.toNewJob()), limit)));
	}

}
