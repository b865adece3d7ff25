package dev.q;

import java.time.Instant;
import java.util.Optional;

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
	 * When this attempt should be over: the timeout of the job counted from the start of
	 * the attempt, or the moment at which the job expires, whichever comes first.
	 * @return the instant, by the worker's clock, or empty if there is no limit
	 */
	Optional<Instant> deadline();

	/**
	 * Whether this worker has lost the job, or must take it for lost: it was cancelled or
	 * deleted, its lease ran out, or the lease could not be renewed while the worker
	 * could be sure of it. Another worker may run the job from then on. What the handler
	 * does is only recorded if nobody else has taken the job.
	 * @return true once the loss is known here
	 */
	boolean leaseLost();

	/**
	 * Whether the handler should come to an end, since the worker stops, the lease is
	 * lost or the time is up. A handler that runs for long looks here now and then.
	 * @return true once there is reason to stop
	 */
	boolean shouldStop();

}
