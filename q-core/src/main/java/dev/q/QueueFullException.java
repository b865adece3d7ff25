package dev.q;

import java.util.List;

import dev.q.job.JobId;
import dev.q.job.QueueName;

/**
 * A queue has no room: too many jobs wait in it already.
 *
 * @since 0.1
 */
public class QueueFullException extends JobRejectedException {

	private final int limit;

	private final int length;

	/**
	 * Reports a full queue.
	 * @param queue which queue
	 * @param limit how many jobs may wait
	 * @param length how many do
	 * @param refused the jobs that are not stored
	 * @param stored receipts of the jobs of the same call that are
	 */
	public QueueFullException(QueueName queue, int limit, int length, List<JobId> refused, List<JobReceipt> stored) {
		super(("Queue %s is full: %d of at most %d jobs wait, so %d more were not stored."
				+ " Enqueue them again later, or raise the limit")
			.formatted(queue, length, limit, refused.size()), refused, stored);
		this.limit = limit;
		this.length = length;
	}

	/**
	 * How many jobs may wait.
	 * @return the limit of the queue
	 */
	public int limit() {
		return this.limit;
	}

	/**
	 * How many jobs waited when this one was refused.
	 * @return the length of the queue
	 */
	public int length() {
		return this.length;
	}

}
