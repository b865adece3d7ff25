package dev.q.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import dev.q.event.JobEvents;
import dev.q.job.WorkerId;
import dev.q.loop.EngineThreads;
import dev.q.loop.Loop;
import dev.q.store.ClaimedJob;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.WorkStore;

/**
 * Attempts that run on the threads of callers, and the leases under which they do.
 */
final class CallerAttempts {

	private final WorkerId worker;

	private final WorkStore store;

	private final Retention retention;

	private final EngineThreads threads;

	private final Reporter reporter;

	private final InFlight inFlight = new InFlight();

	private final Watch watch;

	private final AtomicBoolean watching = new AtomicBoolean();

	CallerAttempts(WorkerId worker, WorkStore store, JobEvents events, EngineSettings settings, EnginePorts ports) {
		this.worker = worker;
		this.store = store;
		this.retention = settings.retention();
		this.threads = ports.threads();
		this.reporter = new Reporter(worker, events);
		this.watch = new Watch(new LeaseKeeper(store, this.inFlight, this.reporter, settings, ports.clock()),
				new Deadlines(this.inFlight, this.reporter, settings.timeoutGrace(), ports.clock()));
	}

	WorkerId worker() {
		return this.worker;
	}

	Reporter reporter() {
		return this.reporter;
	}

	Watch watch() {
		return this.watch;
	}

	List<LeaseAnswer> settle(Settlement settlement) {
		return this.store.settle(List.of(settlement), this.retention);
	}

	void forget(Execution execution) {
		this.inFlight.remove(execution);
	}

	/**
	 * Sees to it that jobs are watched over, before there is one.
	 */
	void startWatch() {
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
	 * @param isClosed asked when the job is answered for: a stop finds the job in hand,
	 * or is found by it
	 * @throws JobNotSettledException if the store cannot be told
	 */
	HandledJob run(ClaimedJob claimed, long sentAt, HandlerRunner handlers, BooleanSupplier isClosed) {
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

	void askToStop() {
		this.inFlight.all().forEach(Execution::askToStop);
	}

	void interruptToStop() {
		this.inFlight.all().forEach(Execution::interruptToStop);
	}

	/**
	 * Hands back what still runs.
	 */
	void giveUp() {
		for (Execution execution : this.inFlight.all()) {
			execution.interruptToStop();
			execution.giveUp();
		}
	}

	/**
	 * Watches over nothing any more.
	 */
	void stopWatch() {
		this.watch.loops().forEach(Loop::stop);
	}

	void awaitEndOfWatch(Duration timeout) throws InterruptedException {
		for (Loop loop : this.watch.loops()) {
			loop.awaitEnd(timeout);
		}
	}

}
