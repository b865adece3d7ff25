package dev.q.job.history;

import dev.q.job.ReleaseReason;

/**
 * What became of one attempt.
 *
 * @since 0.1
 */
public enum AttemptOutcome {

	/** It is under way. */
	RUNNING,

	/** It ended well, and the job with it. */
	SUCCEEDED,

	/** It failed or ran out of time, and another one was to follow. */
	FAILED,

	/** It failed, or could not begin, and no other one was to follow. */
	DEAD,

	/** The job was called off, by its handler or by somebody else while it ran. */
	CANCELLED,

	/** The time of the job was over while it ran. */
	EXPIRED,

	/** Its handler wanted to look again later. */
	SNOOZED,

	/** Its handler refused the job. */
	REFUSED,

	/** Its worker had no handler of the type. */
	UNHANDLED,

	/**
	 * Its worker handed the job back because it stopped. Also if it was stopping and its
	 * lease ran out, or if it never heard that it had the job.
	 */
	RELEASED,

	/** Its lease ran out: its worker died, hung, or was cut off from the store. */
	LOST;

	/**
	 * What is noted of a job that is handed back.
	 * @param reason why
	 * @return the outcome of its attempt
	 */
	public static AttemptOutcome of(ReleaseReason reason) {
		return switch (reason) {
			case SHUTDOWN -> RELEASED;
			case SNOOZE -> SNOOZED;
			case NACK -> REFUSED;
			case NO_HANDLER -> UNHANDLED;
		};
	}

}
