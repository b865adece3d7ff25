package dev.q.test.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey.Conflict;
import dev.q.job.UniqueKey.Scope;
import dev.q.job.WorkerId;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;
import dev.q.store.StoreException;
import dev.q.store.StoreListener;
import dev.q.store.TransactionStore;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.store.jdbc.PostgresStore;
import dev.q.store.jdbc.signal.Wire;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Workers that wait are told, whatever else is said on the wire, and whoever waited
 * before them.
 */
class PostgresSignalTests {

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
	void notificationsThatMeanNothingDisturbNobody() throws InterruptedException {
		Waiting waiting = Waiting.of(HandWorker.of(this.fixture.reopen(), "other"));

		for (String nonsense : List.of("", "ready", "ready a", "late", "late x y", "late default x", "lost a",
				"ready \u00e9 \u00e9", "awaited", "awaited a", "awaited a b", "ended", "ended a default",
				"ended a default NONE - b", "ended a default READY - 0198c2f5-0000-7000-8000-000000000000")) {
			this.fixture.jdbc().queryForList("select pg_notify(?, ?)", "q_" + this.fixture.schema(), nonsense);
		}
		put(this.fixture.store());

		waiting.requireTold();
	}

	@Test
	void whoeverConnectsBeginsToWaitWhenAllWereToldToLookAnew() throws InterruptedException {
		CountDownLatch connected = new CountDownLatch(1);
		AtomicBoolean isTooEarly = new AtomicBoolean();
		Wire wire = new Wire(this.target.single(), "q_wire", new Wire.Hearer() {

			@Override
			public void hear(String message) {
				throw new IllegalStateException("Nobody says anything, but heard " + message);
			}

			@Override
			public void lookAnew() {
				isTooEarly.set(isDownSoon(connected));
			}

		});

		wire.connect();
		connected.countDown();

		assertThat(isTooEarly).isFalse();
		wire.close();
	}

	/** Long enough for a thread that nothing holds up. */
	private static boolean isDownSoon(CountDownLatch latch) {
		try {
			return latch.await(100, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void workersThatWaitedTooLongAgoTakeNoSignalFromOthers() throws InterruptedException {
		JobStore node = this.fixture.reopen();
		Waiting gone = Waiting.of(HandWorker.of(node, "gone"));
		this.fixture.advance(PostgresSettings.DEFAULT.waiterLife().plusSeconds(1));
		Waiting waiting = Waiting.of(HandWorker.of(this.fixture.reopen(), "other"));

		put(this.fixture.store());

		waiting.requireTold();
		assertThat(gone.told().getCount()).isOne();
	}

	@Test
	void otherNodesFindAReadyJobThatTheyWentPastWhileItWasHeld() throws InterruptedException {
		HandWorker other = HandWorker.of(this.fixture.reopen(), "other");
		TransactionStore joined = this.fixture.store().transaction().orElseThrow();
		JobDraft first = JobDraft.aJob().uniqueBy("key");
		this.fixture.store().work().insert(List.of(InsertGroup.of(List.of(first.toNewJob()))));

		findNothing(other.on(new QueueName("other")));

		Waiting waiting = transactions().execute((status) -> {
			JobDraft second = JobDraft.aJob().uniqueBy("key", Scope.UNTIL_DONE, Conflict.REPLACE_PAYLOAD);
			joined.insert(List.of(InsertGroup.of(List.of(second.toNewJob()))));
			findNothing(other);
			return Waiting.of(other);
		});

		waiting.requireTold();
		assertThat(other.claimIds(1)).containsExactly(first.id());
	}

	/** Often enough to know that all that was stored before is settled. */
	private static void findNothing(HandWorker worker) {
		for (int i = 0; i < 4; i++) {
			assertThat(worker.claim(1)).isEmpty();
		}
	}

	@Test
	void aJobThatIsStoredAtTheEndOfALongTransactionIsFoundByOthersAtOnce() throws InterruptedException {
		HandWorker worker = HandWorker.of(this.fixture.reopen(), "other");
		TransactionStore joined = this.fixture.store().transaction().orElseThrow();
		JobDraft job = JobDraft.aJob();
		setBegin("'select %d::bigint'".formatted(this.fixture.now().toEpochMilli()));

		Waiting waiting = transactions().execute((status) -> {
			this.fixture.jdbc().queryForList("select pg_current_xact_id()::text");
			workOff(worker);
			this.fixture.advance(Duration.ofSeconds(3));
			workOff(worker);
			joined.insert(List.of(InsertGroup.of(List.of(job.toNewJob()))));
			workOff(worker);
			return Waiting.of(worker);
		});

		waiting.requireTold();
		assertThat(worker.claimIds(1)).containsExactly(job.id());
		// Other tests go on in this schema.
		setBegin("$$ select (extract(epoch from transaction_timestamp()) * 1000)::bigint $$");
	}

	private void setBegin(String body) {
		this.fixture.jdbc()
			.execute("create or replace function %s.q_began() returns bigint language sql stable as %s"
				.formatted(this.fixture.schema(), body));
	}

	private static void workOff(HandWorker worker) {
		for (int i = 0; i < 4; i++) {
			put(worker.store());
			worker.succeed(worker.claimOne());
		}
	}

	private TransactionTemplate transactions() {
		return new TransactionTemplate(new DataSourceTransactionManager(this.target.pool()));
	}

	@Test
	void whoeverIsToldOfALateJobSeesIt() {
		HandWorker worker = HandWorker.of(this.fixture.store(), "w");
		TransactionStore joined = this.fixture.store().transaction().orElseThrow();
		List<JobId> found = new ArrayList<>();
		JobDraft job = JobDraft.aJob();

		transactions().executeWithoutResult((status) -> {
			joined.insert(List.of(InsertGroup.of(List.of(job.toNewJob()))));
			workOff(worker);
			this.fixture.advance(Duration.ofSeconds(3));
			workOff(worker);
			this.fixture.store().work().subscribe(worker.id(), (queue) -> found.addAll(worker.claimIds(1)));
			assertThat(worker.claim(1)).isEmpty();
		});

		assertThat(found).containsExactly(job.id());
	}

	@Test
	void aNodeThatOnlyStoresJobsInTransactionsHearsOfNoFailure() {
		TransactionStore joined = this.fixture.store().transaction().orElseThrow();
		JobDraft job = JobDraft.aJob();

		transactions()
			.executeWithoutResult((status) -> joined.insert(List.of(InsertGroup.of(List.of(job.toNewJob())))));

		assertThat(HandWorker.of(this.fixture.store(), "w").claimIds(1)).containsExactly(job.id());
	}

	@Test
	void aBrokenWireIsMendedAndAllLookAgain() throws InterruptedException {
		Waiting waiting = Waiting.of(HandWorker.of(this.fixture.reopen(), "other"));
		waiting.looks().drainPermits();

		this.fixture.jdbc()
			.queryForList("select pg_terminate_backend(pid) from pg_stat_activity where query = ?",
					"listen \"q_%s\"".formatted(this.fixture.schema()));

		waiting.requireTold();
		assertThat(waiting.looks().tryAcquire(20, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void aPoolThatCannotStartIsAStoreThatDoesNotAnswer() {
		DataSource broken = new AbstractDataSource() {

			@Override
			public Connection getConnection() {
				throw new IllegalStateException("no pool");
			}

			@Override
			public Connection getConnection(String user, String password) throws SQLException {
				return getConnection();
			}

		};
		try (JobStore store = new PostgresStore(PostgresSettings.DEFAULT, broken)) {
			assertThatThrownBy(() -> put(store)).isInstanceOf(StoreException.class).hasMessageContaining("no pool");
			store.work().subscribe(new WorkerId("w"), (queue) -> true).close();
		}
	}

	private static JobId put(JobStore node) {
		JobDraft job = JobDraft.aJob();
		node.work().insert(List.of(InsertGroup.of(List.of(job.toNewJob()))));
		return job.id();
	}

	/**
	 * A worker that found nothing, and waits to be told.
	 */
	private record Waiting(CountDownLatch told, Semaphore looks) implements StoreListener {

		static Waiting of(HandWorker worker) {
			Waiting waiting = new Waiting(new CountDownLatch(1), new Semaphore(0));
			worker.store().work().subscribe(worker.id(), waiting);
			assertThat(worker.claim(1)).isEmpty();
			return waiting;
		}

		@Override
		public boolean jobsReady(QueueName queue) {
			this.told.countDown();
			return true;
		}

		@Override
		public void lookAnew() {
			this.looks.release();
		}

		void requireTold() throws InterruptedException {
			assertThat(this.told.await(20, TimeUnit.SECONDS)).isTrue();
		}

	}

}
