package dev.q.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.attempt.CallerAttempts;
import dev.q.attempt.HandledJob;
import dev.q.attempt.HandlerRunner;
import dev.q.attempt.JobNotSettledException;
import dev.q.event.JobEvents;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.JobStore;
import dev.q.store.WorkStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works jobs one by one on the threads of those who call, and has no thread of its own
 * but the two that renew leases and watch timeouts, from the first call on, and for a
 * moment one that records a handler which does not come back. A job meets with the same
 * as in a {@link JobEngine}: the same attempts, retries, losses and outcomes. When the
 * process dies, its leases run out and other workers take the jobs over.
 *
 * <p>
 * Safe for use by many threads, each of which works a job of its own. It is in no
 * register of workers, and nobody keeps the store in order for it: whoever calls does
 * that too.
 *
 * @since 0.1
 */
public final class CallerThreadWorker implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(CallerThreadWorker.class);

	private static final Duration GRACE = Duration.ofMillis(500);

	private final EngineSettings settings;

	private final EnginePorts ports;

	private final Claimer claimer;

	private final CallerAttempts attempts;

	private final Callers callers;

	private final Signals signals;

	// Held by the one caller who subscribes. The others need not wait for that.
	private final ReentrantLock connecting = new ReentrantLock();

	/**
	 * Makes a worker. It asks nothing of the store before it is asked for a job.
	 * @param store where the jobs are
	 * @param events told of what becomes of them
	 * @param settings one group, of the queues to be worked; its concurrency does not
	 * matter
	 * @param ports time, chance, and the threads that watch over jobs
	 */
	public CallerThreadWorker(JobStore store, JobEvents events, EngineSettings settings, EnginePorts ports) {
		WorkStore work = store.work();
		this.settings = settings;
		this.ports = ports;
		WorkerId worker = ports.newWorker();
		this.claimer = new Claimer(group(), worker, work, settings, ports);
		this.attempts = new CallerAttempts(worker, work, events, settings.attempts(), ports.threads(), ports.clock());
		this.callers = new Callers(group().name());
		this.signals = new Signals(work, worker, this::signal, this.attempts::suspect, this::lookAnew);
	}

	/**
	 * Works the next job, if one is ready.
	 * @param handlers what runs it, on the calling thread
	 * @return what became of it, or empty if no job is ready
	 * @throws dev.q.store.StoreException if the store fails. Nothing was run then, unless
	 * it is a {@link JobNotSettledException}
	 * @throws dev.q.QueueClosedException if this worker is closed
	 */
	public Optional<HandledJob> workOne(HandlerRunner handlers) {
		boolean entered = this.callers.enter();
		try {
			prepare();
			return workOne(this.claimer.claim(1), handlers);
		}
		finally {
			leave(entered);
		}
	}

	/**
	 * Works the next job, and waits for one if need be. A signal of the store and the
	 * time at which a job is due end the wait; beyond that the store is looked at once
	 * every poll interval.
	 * @param handlers what runs it, on the calling thread
	 * @param atMost how long to wait for a job at most
	 * @return what became of it, or empty if none was ready in time
	 * @throws InterruptedException if the thread is interrupted while no job is in hand
	 * @throws dev.q.store.StoreException if the store fails. Nothing was run then, unless
	 * it is a {@link JobNotSettledException}
	 * @throws dev.q.QueueClosedException if this worker is closed, before or meanwhile
	 */
	public Optional<HandledJob> workOne(HandlerRunner handlers, Duration atMost) throws InterruptedException {
		boolean entered = this.callers.enter();
		try {
			prepare();
			return awaitOne(handlers, TimeUnit.NANOSECONDS.convert(atMost));
		}
		finally {
			leave(entered);
		}
	}

	private Optional<HandledJob> awaitOne(HandlerRunner handlers, long atMost) throws InterruptedException {
		long startedAt = this.ports.clock().nanoTime();
		while (true) {
			if (Thread.interrupted()) {
				throw new InterruptedException("Interrupted while waiting for a job");
			}
			long counted = this.callers.signals();
			Claimer.Claimed claimed = this.claimer.claim(1);
			if (!claimed.jobs().isEmpty()) {
				return workOne(claimed, handlers);
			}
			long left = atMost - (this.ports.clock().nanoTime() - startedAt);
			if (left <= 0) {
				return Optional.empty();
			}
			this.callers.awaitSignal(counted, Math.min(left, claimed.rest().toNanos()));
		}
	}

	private void prepare() {
		this.attempts.startWatch();
		if (this.connecting.tryLock()) {
			try {
				this.signals.connect();
			}
			finally {
				this.connecting.unlock();
			}
		}
	}

	private Optional<HandledJob> workOne(Claimer.Claimed claimed, HandlerRunner handlers) {
		return claimed.jobs().stream().findFirst().map((job) -> {
			HandledJob handled = this.attempts.run(job, claimed.sentAt(), handlers, this.callers::isClosed);
			if (this.claimer.hasExclusive()) {
				this.callers.signal();
			}
			return handled;
		});
	}

	private void leave(boolean entered) {
		if (entered) {
			this.callers.leave();
		}
	}

	private GroupSettings group() {
		return this.settings.groups().get(0);
	}

	private boolean signal(QueueName queue) {
		return group().order().queues().contains(queue) && this.callers.signal();
	}

	private void lookAnew() {
		this.attempts.suspectAll();
		this.callers.signal();
	}

	/**
	 * Lets nobody in any more, sends those away who wait for jobs, and lets handlers come
	 * to an end as {@link JobEngine#stop()} does, with the same bounds: what still runs
	 * when its time is over is interrupted and handed back. A handler that closes the
	 * worker itself is neither waited for nor interrupted, but its lease is not renewed
	 * from then on. May be called twice.
	 */
	@Override
	public void close() {
		this.callers.close();
		this.attempts.askToStop();
		try {
			if (!this.callers.awaitLeft(this.settings.shutdownTimeout())) {
				this.attempts.interruptOthers();
				giveUpAfter(GRACE);
			}
			this.attempts.stopWatch();
			this.attempts.awaitEndOfWatch(GRACE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.attempts.giveUpOthers();
			this.attempts.stopWatch();
		}
		finally {
			this.signals.close();
		}
	}

	private void giveUpAfter(Duration grace) throws InterruptedException {
		if (!this.callers.awaitLeft(grace)) {
			logger.warn("Handlers of {} still run after an interrupt; their jobs are handed back", group().name());
			this.attempts.giveUpOthers();
		}
	}

}
