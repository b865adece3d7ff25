package dev.q.inprocess;

/**
 * What a cancel of a task came to.
 *
 * @since 0.1
 */
public enum Cancellation {

	/** The task waited, and will never start. */
	CANCELLED,

	/**
	 * The task was running, and was interrupted. If it throws now, it counts as
	 * cancelled; if it returns all the same, it has succeeded.
	 */
	INTERRUPTED,

	/** The task has ended, or there never was such a task. */
	TOO_LATE

}
