package dev.q.loop;

import java.util.concurrent.Executor;

/**
 * Where the engine gets its threads from: real ones, or in tests a hand that turns the
 * crank.
 *
 * @since 0.1
 */
public interface EngineThreads {

	/**
	 * Sees to it that {@link Loop#run()} is running, or that somebody calls
	 * {@link Loop#step()} when the loop {@linkplain Loop#isDue() is due}, until the loop
	 * is stopped.
	 * @param loop what to run
	 */
	void start(Loop loop);

	/**
	 * Runs handlers.
	 * @param group name of the worker group, for the names of threads
	 * @param slots how many handlers run at once at most; the engine never asks for more
	 * @return runs each task soon, on a thread of its own while it runs
	 */
	Pool jobs(String group, int slots);

	/**
	 * Threads of one worker group, from its start to its stop.
	 */
	interface Pool extends Executor, AutoCloseable {

		/**
		 * Changes how many handlers run at once at most: when a thread is given up, so
		 * that another can take its place, and when it comes back.
		 * @param slots how many, those on threads that were given up included
		 */
		void resize(int slots);

		/**
		 * Lets go of the threads. Handlers that still run are not waited for.
		 */
		@Override
		void close();

	}

}
