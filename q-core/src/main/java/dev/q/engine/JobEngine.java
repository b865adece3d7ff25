package dev.q.engine;

import java.util.concurrent.locks.ReentrantLock;

import dev.q.event.JobEvents;
import dev.q.store.JobStore;
import org.jspecify.annotations.Nullable;

/**
 * Works jobs off. May be started and stopped again and again; both are safe to call twice
 * and by many threads.
 *
 * @since 0.1
 */
public final class JobEngine {

	private final JobStore store;

	private final HandlerRunner handlers;

	private final JobEvents events;

	private final EngineSettings settings;

	private final EnginePorts ports;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable EngineRun run;

	/**
	 * Makes an engine that does nothing until it is started.
	 * @param store where the jobs are
	 * @param handlers what runs them
	 * @param events told of what becomes of them
	 * @param settings who works which queues, and how
	 * @param ports time, threads and chance
	 */
	public JobEngine(JobStore store, HandlerRunner handlers, JobEvents events, EngineSettings settings,
			EnginePorts ports) {
		this.store = store;
		this.handlers = handlers;
		this.events = events;
		this.settings = settings;
		this.ports = ports;
	}

	/**
	 * Begins to claim jobs and to run them. Does not wait for the store: when it cannot
	 * be reached, the engine tries until it can.
	 */
	public void start() {
		this.lock.lock();
		try {
			if (this.run == null) {
				EngineRun starting = new EngineRun(this.store, this.handlers, this.events, this.settings, this.ports);
				this.run = starting;
				starting.start();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Claims nothing any more, lets handlers come to an end for as long as
	 * {@link EngineSettings#shutdownTimeout()}, then interrupts them and hands back what
	 * is left. Returns within that time and two seconds, and what calls of the store that
	 * are under way may take beyond.
	 */
	public void stop() {
		this.lock.lock();
		try {
			EngineRun stopping = this.run;
			if (stopping != null) {
				stopping.stop();
			}
		}
		finally {
			this.run = null;
			this.lock.unlock();
		}
	}

	/**
	 * Whether the engine was started and not stopped.
	 * @return true until {@link #stop()} has returned
	 */
	public boolean isRunning() {
		return this.run != null;
	}

}
