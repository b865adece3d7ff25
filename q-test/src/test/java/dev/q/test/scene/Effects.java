package dev.q.test.scene;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.q.job.Outcome;
import dev.q.job.StoredResult;
import dev.q.store.ClaimedJob;
import dev.q.store.JobStore;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreException;
import dev.q.test.HandWorker;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Workers whose jobs have an effect: each writes a row and settles its job in one
 * transaction. Nothing in the table hinders a second row of the same job.
 */
final class Effects implements AutoCloseable {

	private static final Duration LEASE = Duration.ofSeconds(2);

	private static final Retention RETENTION = new Retention(Duration.ofDays(1), 100_000, Duration.ofDays(1),
			Duration.ofDays(1), Duration.ofDays(1));

	private static final int BATCH = 10;

	private static final Duration PAUSE = Duration.ofMillis(50);

	private final AtomicInteger failed = new AtomicInteger();

	private final AtomicInteger refused = new AtomicInteger();

	private final List<Thread> threads = new ArrayList<>();

	private final JobStore store;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private volatile boolean ended;

	private Effects(PostgresHost host, JobStore store) {
		this.store = store;
		this.jdbc = new JdbcTemplate(host.pool());
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(host.pool()));
		this.jdbc.execute("create table effect (job text not null)");
	}

	/**
	 * Starts workers.
	 */
	static Effects of(PostgresHost host, JobStore store, int workers) {
		Effects effects = new Effects(host, store);
		for (int i = 0; i < workers; i++) {
			HandWorker worker = HandWorker.of(store, "effects-" + i).on(Stores.QUEUE).leasing(LEASE);
			effects.start(() -> effects.work(worker), "effects-" + i);
		}
		effects.start(effects::recover, "effects-recovery");
		return effects;
	}

	private void start(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.start();
		this.threads.add(thread);
	}

	private void work(HandWorker worker) {
		while (!this.ended) {
			boolean isBusy = tried(() -> {
				List<ClaimedJob> jobs = worker.claim(BATCH);
				jobs.forEach(this::complete);
				return !jobs.isEmpty();
			});
			if (!isBusy) {
				LockSupport.parkNanos(PAUSE.toNanos());
			}
		}
	}

	private void recover() {
		while (!this.ended) {
			tried(() -> !this.store.maintenance().recoverExpired(1000).isEmpty());
			LockSupport.parkNanos(LEASE.toNanos() / 4);
		}
	}

	/**
	 * A batch that fails is left to its leases.
	 */
	private boolean tried(Attempt attempt) {
		try {
			return attempt.make();
		}
		catch (StoreException | DataAccessException | TransactionException ex) {
			this.failed.incrementAndGet();
			return false;
		}
	}

	private void complete(ClaimedJob job) {
		this.transaction.executeWithoutResult((status) -> {
			this.jdbc.update("insert into effect (job) values (?)", job.job().id().toString());
			Settlement settlement = new Settlement(job.lease(), new Outcome.Succeeded(StoredResult.NONE));
			LeaseAnswer answer = this.store.transaction().orElseThrow().settle(List.of(settlement), RETENTION).get(0);
			if (answer != LeaseAnswer.APPLIED) {
				this.refused.incrementAndGet();
				status.setRollbackOnly();
			}
		});
	}

	/**
	 * How often a batch or a look failed.
	 */
	int failed() {
		return this.failed.get();
	}

	/**
	 * How many transactions were rolled back since their lease was lost.
	 */
	int refused() {
		return this.refused.get();
	}

	/**
	 * The jobs that have had an effect, once for each.
	 */
	List<String> jobs() {
		return this.jdbc.queryForList("select job from effect", String.class);
	}

	@Override
	public void close() {
		this.ended = true;
		try {
			for (Thread thread : this.threads) {
				thread.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while workers ended", ex);
		}
	}

	/**
	 * What may fail while the server is down.
	 */
	@FunctionalInterface
	private interface Attempt {

		/** Whether there was something to do. */
		boolean make();

	}

}
