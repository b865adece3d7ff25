package dev.q.job;

/**
 * Why a job is {@link JobState#DEAD}.
 *
 * @since 0.1
 */
public enum DeadReason {

	/** Its last attempt failed. */
	EXHAUSTED,

	/** It failed in a way that another attempt cannot mend. */
	PERMANENT,

	/** Its worker was lost too often while it ran. */
	CRASHED,

	/** Its payload could not be read. */
	UNDECODABLE,

	/** No worker knew its type for too long. */
	NO_HANDLER,

	/** It was interrupted, and may not start twice. */
	INTERRUPTED,

	/** Its worker was lost, and it may not start twice. */
	LOST;

	/**
	 * Whether the attempt that ends a job for this reason is counted as a failure.
	 * @return true if a handler ran and failed
	 */
	public boolean countsAsFailure() {
		return this == EXHAUSTED || this == PERMANENT || this == INTERRUPTED;
	}

}
