package dev.q.engine;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How an engine fares at one moment.
 *
 * @param running whether it was started and not stopped
 * @param problems what is wrong; empty if all is well
 * @param runningJobs how many jobs it holds
 * @param oldestRunning how long the oldest of them has been running, by the clocks of
 * store and worker; null if there is none. A handler that hangs, with no timeout set,
 * shows here
 * @param abandonedThreads how many threads hang in handlers that were given up
 * @param maintenanceLag how long ago this worker has last kept the store in order without
 * a failure, or was started; other workers may have done so since
 * @param draining whether it claims nothing any more, since it is about to stop
 * @since 0.1
 */
public record EngineHealth(boolean running, List<Problem> problems, int runningJobs, @Nullable Duration oldestRunning,
		int abandonedThreads, Duration maintenanceLag, boolean draining) {

	/**
	 * Copies the list.
	 */
	public EngineHealth {
		problems = List.copyOf(problems);
	}

	/**
	 * Whether all is well.
	 * @return true if there is no problem
	 */
	public boolean isUp() {
		return this.problems.isEmpty();
	}

	/**
	 * Whether this worker should be given work. One whose store does not answer stays
	 * ready: it waits for the store, and another process would do no better.
	 * @return false if a problem is of the worker's own, or if it is draining
	 */
	public boolean isReady() {
		return !this.draining && this.problems.stream().noneMatch((problem) -> problem.kind().isOwn());
	}

	/** The same of a worker that is about to stop. */
	EngineHealth whileDraining() {
		return new EngineHealth(this.running, this.problems, this.runningJobs, this.oldestRunning,
				this.abandonedThreads, this.maintenanceLag, true);
	}

	/**
	 * Something that is wrong.
	 *
	 * @param kind what kind of thing
	 * @param text what exactly, for people
	 */
	public record Problem(Kind kind, String text) {
	}

	/**
	 * What can be wrong.
	 */
	public enum Kind {

		/**
		 * A handler met an {@code OutOfMemoryError} or an {@code InternalError}. Nobody
		 * knows what state the process is in; only a restart heals it.
		 */
		DAMAGED_JVM(true),

		/** A service of the engine has ended though it should go on. */
		LOOP_DIED(true),

		/**
		 * A service has not come to the end of a step for half a minute, mostly since a
		 * call of the store hangs.
		 */
		LOOP_STUCK(false),

		/** A service fails again and again, mostly for want of the store. */
		LOOP_FAILING(false),

		/** One of several stores does not answer; the queues of the others go on. */
		STORE_AWAY(false),

		/** More threads hang in handlers that were given up than may be replaced. */
		TOO_MANY_ABANDONED_THREADS(true);

		private final boolean own;

		Kind(boolean own) {
			this.own = own;
		}

		/**
		 * Whether it is a problem of this worker alone, that another one need not have.
		 * @return false for what comes from outside
		 */
		public boolean isOwn() {
			return this.own;
		}

	}

}
