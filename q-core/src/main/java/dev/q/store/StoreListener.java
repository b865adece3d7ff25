package dev.q.store;

import dev.q.job.DeadReason;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import org.jspecify.annotations.Nullable;

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

	/**
	 * Signals are heard again after a break. Those meanwhile were missed.
	 */
	default void lookAnew() {
	}

	/**
	 * Is told of ends, on a thread of the store or of another caller, so it must return
	 * at once and throw nothing. What it hears may be lost, doubled, late or false: a
	 * look at the store is the truth.
	 */
	interface Ends {

		/**
		 * A job has ended.
		 * @param end how
		 */
		void ended(Ended end);

		/**
		 * Ends are heard from now on, for the first time or again. Those of before may
		 * have been missed.
		 */
		default void lookAnew() {
		}

	}

	/**
	 * That a job has ended.
	 *
	 * @param queue its queue
	 * @param id which job
	 * @param state how it ended, or null if it was deleted
	 * @param deadReason why it is dead, or null
	 * @param isHere whether it was ended in this process
	 */
	record Ended(QueueName queue, JobId id, @Nullable JobState state, @Nullable DeadReason deadReason, boolean isHere) {
	}

}
