package dev.q.testing;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

import dev.q.attempt.HandlerRunner;
import dev.q.engine.EngineHealth;
import dev.q.engine.EnginePorts;
import dev.q.engine.EngineSettings;
import dev.q.engine.JobEngine;
import dev.q.event.JobEvents;
import dev.q.store.JobStore;

/**
 * A real engine under virtual time and without threads: nothing happens until a test says
 * so, and everything that is due has happened when the call returns. Handlers run on the
 * calling thread. For use by one thread.
 *
 * @since 0.1
 */
public final class ManualJobEngine implements AutoCloseable {

	// Each engine is a worker of its own, and the same in each run of the same test.
	private static final AtomicLong engines = new AtomicLong();

	private final VirtualClock clock;

	private final ManualThreads threads = new ManualThreads();

	private final JobEngine engine;

	/**
	 * Makes and starts an engine.
	 * @param store where the jobs are; should run on the same clock
	 * @param handlers what runs them
	 * @param events told of what becomes of them
	 * @param settings who works which queues, and how
	 * @param clock the engine's time
	 */
	public ManualJobEngine(JobStore store, HandlerRunner handlers, JobEvents events, EngineSettings settings,
			VirtualClock clock) {
		this.clock = clock;
		EnginePorts ports = new EnginePorts(clock, this.threads, new SplittableRandom(engines.incrementAndGet()));
		this.engine = new JobEngine(store, handlers, events, settings, ports);
		this.engine.start();
	}

	/**
	 * Runs and settles all jobs that are due, those that they enqueue included.
	 */
	public void runDueJobs() {
		this.threads.runDue();
	}

	/**
	 * Moves the clock on, and does at each moment between what is due then.
	 * @param span how far
	 */
	public void advance(Duration span) {
		Duration left = span;
		runDueJobs();
		while (!left.isZero()) {
			Duration rest = this.threads.timeLeft();
			Duration stride = (rest.compareTo(left) < 0) ? rest : left;
			this.clock.advance(stride);
			left = left.minus(stride);
			runDueJobs();
		}
	}

	/**
	 * How the engine fares now.
	 * @return its health
	 */
	public EngineHealth health() {
		return this.engine.health();
	}

	/**
	 * Settles what has run, and stops the engine.
	 */
	@Override
	public void close() {
		runDueJobs();
		this.engine.stop();
	}

}
