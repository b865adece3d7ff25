package dev.q.schedule;

/**
 * What a tick does while the job of the tick before it has not ended: it waits, runs, or
 * waits for another attempt. All but {@link #ALLOW} say what may be beside what, so their
 * jobs have no unique key of their own: a schedule with both is refused.
 *
 * @since 0.1
 */
public enum Overlap {

	/** It does not care. The default. */
	ALLOW,

	/** It stores nothing. */
	SKIP,

	/**
	 * Its job runs after the one that runs. There is one that waits in this way at most,
	 * and never do two of them run. Needs a store with the capability
	 * {@code UNIQUE_UPDATES}.
	 */
	QUEUE_ONE,

	/**
	 * The job before it is cancelled, and then its own is stored. Whoever dies between
	 * the two leaves the tick due, and the next worker that looks goes on: there may be
	 * no job for a moment, but never two that were not cancelled. The same holds while
	 * the queue is full or paused. A handler that is cancelled is interrupted, and may
	 * still run for as long as it ignores that.
	 */
	CANCEL_PREVIOUS

}
