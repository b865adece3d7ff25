package dev.q.store;

import dev.q.job.JobId;
import dev.q.job.QueueName;

/**
 * Is told when waiting may be over. All methods must return at once and throw nothing.
 *
 * @since 0.1
 */
public interface StoreListener {

	/**
	 * Jobs of a queue have become ready, or a job that waits for its time has become the
	 * first to be due.
	 * @param queue the queue
	 * @return false if nobody here can take a job of it for now. A store that told this
	 * worker alone then tells another one
	 */
	boolean jobsReady(QueueName queue);

	/**
	 * A lease was taken from a worker: its job was cancelled or deleted, or has expired.
	 * @param job the job
	 */
	default void leaseRevoked(JobId job) {
	}

}
