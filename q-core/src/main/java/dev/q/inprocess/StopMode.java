package dev.q.inprocess;

/**
 * What becomes of tasks when their {@link RunnableQueue} is stopped.
 *
 * @since 0.1
 */
public enum StopMode {

	/** Waiting tasks never start; running ones are interrupted when the time is up. */
	FINISH_RUNNING,

	/**
	 * Waiting tasks run as well; when the time is up, those that still wait never start
	 * and running ones are interrupted.
	 */
	FINISH_ALL,

	/** Waiting tasks never start; running ones are interrupted at once. */
	DROP

}
