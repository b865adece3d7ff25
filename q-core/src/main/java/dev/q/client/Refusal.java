package dev.q.client;

import java.util.List;
import java.util.Objects;

import dev.q.DuplicateJobException;
import dev.q.JobReceipt;
import dev.q.JobRejectedException;
import dev.q.QueueFullException;
import dev.q.QueuePausedException;
import dev.q.job.JobId;
import dev.q.job.QueueName;

/**
 * Why jobs were refused. Equal reasons become one exception.
 */
sealed interface Refusal {

	/**
	 * The exception that says so.
	 * @param refused the jobs that were refused for this reason
	 * @param stored the jobs of the same call that were not refused
	 * @return the exception
	 */
	JobRejectedException exception(List<JobId> refused, List<JobReceipt> stored);

	/**
	 * A queue has no room.
	 *
	 * @param queue which queue
	 * @param limit how many jobs may wait
	 * @param length how many do
	 */
	record Full(QueueName queue, int limit, int length) implements Refusal {

		@Override
		public JobRejectedException exception(List<JobId> refused, List<JobReceipt> stored) {
			return new QueueFullException(this.queue, this.limit, this.length, refused, stored);
		}

		/** Workers may change the length from one chunk to the next. */
		@Override
		public boolean equals(Object other) {
			return other instanceof Full that && this.queue.equals(that.queue) && this.limit == that.limit;
		}

		@Override
		public int hashCode() {
			return Objects.hash(this.queue, this.limit);
		}

	}

	/**
	 * A queue takes nothing in.
	 *
	 * @param queue which queue
	 */
	record Paused(QueueName queue) implements Refusal {

		@Override
		public JobRejectedException exception(List<JobId> refused, List<JobReceipt> stored) {
			return new QueuePausedException(this.queue, refused, stored);
		}

	}

	/**
	 * A unique key is taken, and the job asked for an exception.
	 *
	 * @param job which job
	 * @param holder who has the key
	 */
	record Taken(JobId job, JobId holder) implements Refusal {

		@Override
		public JobRejectedException exception(List<JobId> refused, List<JobReceipt> stored) {
			return new DuplicateJobException(this.job, this.holder, stored);
		}

	}

}
