package dev.q;

import dev.q.job.JobId;
import dev.q.job.QueueName;

/**
 * What became of an enqueue.
 *
 * @param id the job that is stored now; for a duplicate or an update the one that was
 * there before
 * @param queue its queue
 * @param status what was done
 * @since 0.1
 */
public record JobReceipt(JobId id, QueueName queue, Status status) {

	/**
	 * What was done.
	 */
	public enum Status {

		/** The job is stored. */
		STORED,

		/**
		 * The job is stored in the caller's transaction: it exists if that commits, and
		 * only then. Nobody else sees it before, and no worker runs it.
		 */
		JOINED,

		/** Nothing was stored: the id was known, or its unique key was taken. */
		DUPLICATE,

		/**
		 * Nothing was stored, but the job that was there before was changed: it has the
		 * payload or the due time of this enqueue, as the conflict of its unique key
		 * wants it.
		 */
		UPDATED,

		/**
		 * The job is stored as soon as the caller's transaction has committed. If it
		 * turns out to be a duplicate then, nothing is stored.
		 */
		DEFERRED

	}

}
