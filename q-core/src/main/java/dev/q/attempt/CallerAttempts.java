package dev.q.attempt;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import dev.q.event.JobEvents;
import dev.q.job.JobId;
import dev.q.job.WorkerId;
import dev.q.loop.EngineThreads;
import dev.q.loop.Loop;
import dev.q.ports.EngineClock;
import dev.q.store.ClaimedJob;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.WorkStore;

/**
 * Attempts that run on the threads of callers, and the leases under which they do. Safe
 * for use by many threads.
 *
 * @since 0.1
 */
public final class CallerAttempts {

	private final WorkStore store;

	private final Retention retention;

	private final EngineThreads threads;

	private final EngineClock clock;

	private final Reporter reporter;

	private final InFlight inFlight = new InFlight();

	private final Watch watch;

	private final AtomicBoolean watching = new AtomicBoolean();

	/**
	 * Makes what looks after attempts. It starts nothing yet.
	 * @param worker who holds the jobs
	 * @param store where they are settled
	 * @param events told of what becomes of them
	 * @param settings how they are looked after
	 * @param threads for the watch
	 * @param clock times leases and timeouts
	 */
	public CallerAttempts(WorkerId worker, WorkStore store, JobEvents events, AttemptSettings settings,
			EngineThreads threads, EngineClock clock) {
		this.store = store;
		this.retention = settings.retention();
		this.threads = threads;
		this.clock = clock;
		this.reporter = new Reporter(worker, events);
		this.watch = new Watch(new LeaseKeeper(store, this.inFlight, this.reporter, settings.usualLease(), clock),
				new Deadlines(this.inFlight, this.reporter, settings.timeoutGrace(), clock));
	}

	WorkerId worker() {
		return this.reporter.worker();
	}

	Reporter reporter() {
		return this.reporter;
	}

	Retention retention() {
		return this.retention;
	}

	Watch watch() {
		return this.watch;
	}

	List<LeaseAnswer> settle(Settlement settlement) {
		return this.store.settle(List.of(settlement), this.retention);
	}

	/**
	 * Does something aside, since the store may hang, and the watch must not hang with
	 * it.
	 */
	void aside(Runnable work) {
		new Errand(work, this.clock).start(this.threads);
	}

	void forget(Execution execution) {
		this.inFlight.remove(execution);
	}

	/**
	 * Sees to it that jobs are watched over, before there is one.
	 */
	public void startWatch() {
		if (this.watching.compareAndSet(false, true)) {
			try {
				this.watch.loops().forEach(this.threads::start);
			}
			catch (Throwable ex) {
				// A machine out of threads: the next caller tries again.
				this.watching.set(false);
				throw ex;
			}
		}
	}

	/**
	 * Runs a job on the calling thread and settles it.
	 * @param claimed the job and its lease
	 * @param sentAt when the claim was sent, by the engine's nanoseconds
	 * @param handlers what runs it
	 * @param isClosed asked when the job is answered for: a stop finds the job in hand,
	 * or is found by it
	 * @return what became of it
	 * @throws JobNotSettledException if the store cannot be told
	 */
	public HandledJob run(ClaimedJob claimed, long sentAt, HandlerRunner handlers, BooleanSupplier isClosed) {
		SingleSettler settler = new SingleSettler(this);
		Execution execution = new Execution(claimed, sentAt, handlers, settler);
		this.watch.over(execution);
		try {
			if (!isClosed.getAsBoolean()) {
				this.reporter.started(claimed.job());
				execution.run();
			}
		}
		finally {
			// For one that has not ended: it was not begun, or something broke on the
			// way.
			execution.handBack();
		}
		return settler.result();
	}

	/**
	 * Looks after a job at once, of which a signal says that it was taken away.
	 * @param job which one; need not be in hand
	 */
	public void suspect(JobId job) {
		this.watch.leases().suspect(job);
	}

	/**
	 * Looks after all jobs at once, of which a signal may have been missed.
	 */
	public void suspectAll() {
		this.watch.leases().suspectAll();
	}

	/**
	 * Tells all handlers that they should come to an end.
	 */
	public void askToStop() {
		this.inFlight.askToStop();
	}

	/**
	 * Interrupts all handlers but those of the calling thread, which comes back to them.
	 * What they throw then does not count as a failure.
	 */
	public void interruptOthers() {
		this.inFlight.interruptOthers();
	}

	/**
	 * Interrupts all handlers but those of the calling thread, and hands back what still
	 * runs.
	 */
	public void giveUpOthers() {
		this.inFlight.giveUpOthers();
	}

	/**
	 * Watches over nothing any more.
	 */
	public void stopWatch() {
		this.watch.loops().forEach(Loop::stop);
	}

	/**
	 * Waits until nothing watches any more.
	 * @param timeout for how long at most, for each of the two
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	public void awaitEndOfWatch(Duration timeout) throws InterruptedException {
		for (Loop loop : this.watch.loops()) {
			loop.awaitEnd(timeout);
		}
	}

}
