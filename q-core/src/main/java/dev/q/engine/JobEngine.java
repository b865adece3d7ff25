package dev.q.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.q.attempt.HandlerRunner;
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

	private final EngineWorld world;

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
		this(store, handlers, events, settings, ports, (health) -> {
		});
	}

	/**
	 * Makes an engine that does nothing until it is started, and tells how it fares.
	 * @param store where the jobs are
	 * @param handlers what runs them
	 * @param events told of what becomes of them
	 * @param settings who works which queues, and how
	 * @param ports time, threads and chance
	 * @param onHealth told, on a thread of the engine, after each start and when kinds of
	 * problems come or go
	 */
	public JobEngine(JobStore store, HandlerRunner handlers, JobEvents events, EngineSettings settings,
			EnginePorts ports, Consumer<EngineHealth> onHealth) {
		this.world = new EngineWorld(store, handlers, events, settings, ports, onHealth);
	}

	/**
	 * Begins to claim jobs and to run them. Does not wait for the store: when it cannot
	 * be reached, the engine tries until it can.
	 */
	public void start() {
		this.lock.lock();
		try {
			if (this.run == null) {
				EngineRun starting = new EngineRun(this.world);
				this.run = starting;
				start(starting);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Claims nothing any more, and otherwise goes on: the first step of a stop, for when
	 * the rest of it has to wait. Does nothing if the engine does not run.
	 */
	public void stopClaiming() {
		EngineRun current = this.run;
		if (current != null) {
			current.stopClaiming();
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
	 * Looks at the schedules at once, since somebody has changed them. Without this they
	 * are seen a little later. Does nothing if the engine does not run.
	 */
	public void lookAtSchedules() {
		EngineRun current = this.run;
		if (current != null) {
			current.lookAtSchedules();
		}
	}

	/**
	 * Whether the engine was started and not stopped.
	 * @return true until {@link #stop()} has returned
	 */
	public boolean isRunning() {
		return this.run != null;
	}

	/**
	 * How the engine fares now. Asks nobody, so it answers at once.
	 * @return its health; without problems while the engine does not run
	 */
	public EngineHealth health() {
		EngineRun current = this.run;
		return (current != null) ? current.health()
				: new EngineHealth(false, List.of(), 0, null, 0, Duration.ZERO, false);
	}

	/**
	 * The slots of the worker groups now. Asks nobody, so it answers at once.
	 * @return one for each group; empty while the engine does not run
	 */
	public List<GroupSlots> slots() {
		EngineRun current = this.run;
		return (current != null) ? current.slots() : List.of();
	}

	private void start(EngineRun starting) {
		try {
			starting.start();
		}
		catch (Throwable ex) {
			// A machine out of threads: what has started must not stay behind.
			this.run = null;
			starting.stop();
			throw ex;
		}
	}

}
