package dev.q.store.jdbc;

import java.util.Map;

import dev.q.job.JobState;
import dev.q.job.QueueName;

/**
 * Counts of queues that hold more jobs than can be counted at once.
 */
final class Counting {

	/** Up to here every count is exact. */
	static final int EXACT = 10_000;

	/** The counts of a queue, of which those beyond the exact ones are cut off. */
	Map<JobState, Long> completed(QueueName queue, Map<JobState, Long> counts) {
		return counts;
	}

}
