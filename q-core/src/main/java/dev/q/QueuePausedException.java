package dev.q;

import java.util.List;

import dev.q.job.JobId;
import dev.q.job.QueueName;

/**
 * A queue takes no jobs in, since somebody paused it.
 *
 * @since 0.1
 */
public class QueuePausedException extends JobRejectedException {

	/**
	 * Reports a paused queue.
	 * @param queue which queue
	 * @param refused the jobs that are not stored
	 * @param stored receipts of the jobs of the same call that are
	 */
	public QueuePausedException(QueueName queue, List<JobId> refused, List<JobReceipt> stored) {
		super("Queue %s is paused and takes no jobs in, so %d were not stored. Resume it, or enqueue them again later"
			.formatted(queue, refused.size()), refused, stored);
	}

}
