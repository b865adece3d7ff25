package dev.q.test.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Why claims may pass over places: whatever the order of commits, no job is passed over
 * but those of transactions that took long, and those are found a moment later.
 */
class LowerBoundTests {

	private static final Duration LONG = Duration.ofSeconds(3);

	private final PostgresTarget target = PostgresTarget.shared();

	private PostgresStoreFixture fixture;

	private int queues;

	@BeforeEach
	void open() {
		this.fixture = new PostgresStoreFixture(this.target);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	/** Of two that are serializable PostgreSQL may refuse one, so the other is not. */
	@ParameterizedTest
	@ValueSource(ints = { Connection.TRANSACTION_READ_COMMITTED, Connection.TRANSACTION_REPEATABLE_READ,
			Connection.TRANSACTION_SERIALIZABLE })
	void whateverTheOrderOfCommitsNoJobIsPassedOver(int isolation) throws SQLException {
		HandWorker one = worker(this.fixture.store());
		HandWorker other = worker(this.fixture.reopen());

		try (OpenTransaction first = new OpenTransaction(this.target, this.fixture, isolation);
				OpenTransaction second = begin()) {
			for (int looks = 0; looks < 64; looks++) {
				Looks found = new Looks(looks / 2, nextQueue(), List.of(one, other), new ArrayList<>());
				others(found.queue(), one);

				JobId low = first.enqueue(found.queue());
				found.after(0);
				JobId high = second.enqueue(found.queue());
				found.after(1);
				((looks % 2 == 0) ? second : first).commit();
				found.after(2);
				((looks % 2 == 0) ? first : second).commit();
				found.after(3);

				assertThat(found.all()).as("looks %s", looks).containsExactlyInAnyOrder(low, high);
			}
		}
	}

	@Test
	void aJobOfASavepointIsFoundAndOneThatWasRolledBackIsNot() throws SQLException {
		HandWorker worker = worker(this.fixture.store());
		QueueName queue = nextQueue();
		try (OpenTransaction slow = begin()) {
			slow.execute("savepoint one");
			JobId kept = slow.enqueue(queue);
			slow.execute("savepoint two");
			slow.enqueue(queue);
			others(queue, worker);
			slow.execute("rollback to two");
			others(queue, worker);

			slow.commit();

			assertThat(work(worker, queue)).containsExactly(kept);
		}
	}

	@Test
	void aTransactionThatHasItsIdLongBeforeItEnqueuesIsWaitedFor() throws SQLException {
		HandWorker worker = worker(this.fixture.store());
		QueueName queue = nextQueue();
		try (OpenTransaction slow = begin()) {
			slow.execute("select pg_current_xact_id()");
			others(queue, worker);
			JobId job = slow.enqueue(queue);
			others(queue, worker);

			slow.commit();

			assertThat(work(worker, queue)).containsExactly(job);
		}
	}

	@Test
	void aJobOfALongTransactionIsPassedOverUntilTheSweep() throws SQLException {
		JobStore node = this.fixture.store();
		QueueName queue = nextQueue();
		try (OpenTransaction slow = begin()) {
			JobId job = slow.enqueue(queue);
			outlast(queue, worker(node));
			slow.commit();

			assertThat(work(worker(node), queue)).isEmpty();
			node.maintenance().recoverExpired(1);
			assertThat(work(worker(node), queue)).containsExactly(job);
		}
	}

	@Test
	void aPreparedTransactionThatIsCommittedMuchLaterLosesNoJob() throws SQLException {
		JobStore node = this.fixture.store();
		QueueName queue = nextQueue();
		String name = this.fixture.schema();
		try (OpenTransaction slow = begin()) {
			JobId job = slow.enqueue(queue);
			slow.execute("prepare transaction '%s'".formatted(name));
			others(queue, worker(node));
			outlast(queue, worker(node));
			this.fixture.jdbc().execute("commit prepared '%s'".formatted(name));

			node.maintenance().recoverExpired(1);
			assertThat(work(worker(node), queue)).containsExactly(job);
		}
	}

	@Test
	void aPreparedTransactionThatIsCommittedSoonIsWaitedFor() throws SQLException {
		HandWorker worker = worker(this.fixture.store());
		QueueName queue = nextQueue();
		String name = this.fixture.schema();
		try (OpenTransaction slow = begin()) {
			JobId job = slow.enqueue(queue);
			slow.execute("prepare transaction '%s'".formatted(name));
			others(queue, worker);
			this.fixture.jdbc().execute("commit prepared '%s'".formatted(name));

			assertThat(work(worker, queue)).containsExactly(job);
		}
	}

	@Test
	void aClaimThatIsRolledBackLosesNoJob() throws SQLException {
		JobStore node = this.fixture.store();
		QueueName queue = nextQueue();
		JobId job = JobDraft.aJob().id();
		try (OpenTransaction producer = begin()) {
			producer.enqueue(queue, job);
			producer.commit();
		}
		try (OpenTransaction claim = begin()) {
			claim.execute("select * from @.q_claim_v1(array['%s'], array[0], null, null, null, 5, 7, 30000, 'w', 0)"
				.formatted(queue));
			others(queue, worker(node));
			claim.rollBack();
		}

		node.maintenance().recoverExpired(1);

		assertThat(work(worker(node), queue)).containsExactly(job);
	}

	@Test
	void withoutTheBoundALateJobIsFoundAtOnce() throws SQLException {
		PostgresSettings settings = PostgresSettings.DEFAULT.withLowerBound(false);
		try (PostgresStoreFixture plain = new PostgresStoreFixture(this.target, settings);
				OpenTransaction slow = new OpenTransaction(this.target, plain, Connection.TRANSACTION_READ_COMMITTED)) {
			QueueName queue = nextQueue();
			JobId job = slow.enqueue(queue);
			outlast(plain, queue, worker(plain.store()));

			slow.commit();

			assertThat(work(worker(plain.store()), queue)).containsExactly(job);
		}
	}

	@Test
	void aServerThatDrawsPositionsAgainHidesNothing() throws SQLException {
		JobStore node = this.fixture.store();
		QueueName queue = nextQueue();
		outlast(queue, worker(node));
		this.fixture.jdbc().execute("select setval('%s.q_seq', 1)".formatted(this.fixture.schema()));

		for (int i = 0; i < 3; i++) {
			JobId job = put(node, queue);
			assertThat(work(worker(node), queue)).containsExactly(job);
		}
	}

	@Test
	void aNodeThatLooksSeldomFindsAll() throws SQLException {
		HandWorker seldom = worker(this.fixture.reopen());
		HandWorker often = worker(this.fixture.store());
		QueueName queue = nextQueue();
		work(seldom, queue);
		try (OpenTransaction slow = begin()) {
			JobId job = slow.enqueue(queue);
			others(queue, often);
			slow.commit();

			assertThat(work(seldom, queue)).containsExactly(job);
		}
	}

	private OpenTransaction begin() throws SQLException {
		return new OpenTransaction(this.target, this.fixture, Connection.TRANSACTION_READ_COMMITTED);
	}

	/** Others store and work off jobs, so that the bound goes as far as it may. */
	private void others(QueueName queue, HandWorker worker) throws SQLException {
		others(this.fixture, queue, worker);
	}

	private void others(PostgresStoreFixture stores, QueueName queue, HandWorker worker) throws SQLException {
		for (int i = 0; i < 4; i++) {
			try (OpenTransaction other = new OpenTransaction(this.target, stores,
					Connection.TRANSACTION_READ_COMMITTED)) {
				JobId job = other.enqueue(queue);
				other.commit();
				assertThat(work(worker, queue)).containsExactly(job);
			}
		}
	}

	private void outlast(QueueName queue, HandWorker worker) throws SQLException {
		outlast(this.fixture, queue, worker);
	}

	private void outlast(PostgresStoreFixture stores, QueueName queue, HandWorker worker) throws SQLException {
		others(stores, queue, worker);
		stores.advance(LONG);
		others(stores, queue, worker);
	}

	private static JobId put(JobStore node, QueueName queue) {
		JobDraft job = JobDraft.aJob().in(queue);
		node.work().insert(List.of(InsertGroup.of(List.of(job.toNewJob()))));
		return job.id();
	}

	private static HandWorker worker(JobStore node) {
		return HandWorker.of(node, "worker");
	}

	private static List<JobId> work(HandWorker worker, QueueName queue) {
		List<ClaimedJob> jobs = worker.on(queue).claim(10);
		jobs.forEach(worker::succeed);
		return jobs.stream().map((job) -> job.job().id()).toList();
	}

	private QueueName nextQueue() {
		this.queues++;
		return new QueueName("queue" + this.queues);
	}

	/**
	 * Looks for jobs after those steps that the bits name, by one node or by both.
	 */
	private record Looks(int bits, QueueName queue, List<HandWorker> nodes, List<JobId> found) {

		void after(int step) {
			if ((this.bits >> step & 1) != 0) {
				this.found.addAll(work(this.nodes.get(0), this.queue));
				if ((this.bits >> 4 & 1) != 0) {
					this.found.addAll(work(this.nodes.get(1), this.queue));
				}
				if ((this.bits >> 4 & 1) != 0) {
					this.found.addAll(work(this.nodes.get(0), this.queue));
				}
			}
		}

		List<JobId> all() {
			this.nodes.forEach((node) -> this.found.addAll(work(node, this.queue)));
			return this.found;
		}

	}

}
