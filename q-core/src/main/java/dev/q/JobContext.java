package dev.q;

import dev.q.job.Job;
import dev.q.job.JobId;

/**
 * What a handler may ask of the attempt that it runs. Safe for use by many threads.
 *
 * @since 0.1
 */
public interface JobContext {

	/**
	 * The job as it was when it was claimed.
	 * @return the job, with its headers, tags, counters and times
	 */
	Job job();

	/**
	 * Identity of the job. Stays the same over all attempts, so it serves as a key that
	 * makes effects idempotent.
	 * @return its id
	 */
	default JobId id() {
		return job().id();
	}

	/**
	 * Number of this attempt.
	 * @return 1 until the job fails for the first time
	 */
	default int attempt() {
		return job().attempt();
	}

	/**
	 * Whether a failure of this attempt ends the job.
	 * @return true if no attempt is left after this one
	 */
	default boolean isLastAttempt() {
		return job().isLastAttempt();
	}

	/**
	 * A number that rises with each claim of the job. A resource that remembers the
	 * highest number it has seen, and refuses lower ones, is safe from a worker that was
	 * given up for lost and comes back. The number rises reliably only at a durability at
	 * which the store cannot forget a claim.
	 * @return 1 for the first claim
	 */
	default long fencingToken() {
		return job().counters().deliveries();
	}

	/**
	 * Whether this worker has lost the job: its lease ran out, or it was cancelled or
	 * deleted. Whatever the handler does from then on, the job's record is not changed by
	 * it any more.
	 * @return true once the loss is known here
	 */
	boolean leaseLost();

	/**
	 * Whether the handler should come to an end, since the worker stops or the lease is
	 * lost. A handler that runs for long looks here now and then.
	 * @return true once there is reason to stop
	 */
	boolean shouldStop();

}
