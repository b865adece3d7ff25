package dev.q.store;

import java.time.Duration;
import java.util.List;

import dev.q.job.JobLimits;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;

/**
 * A wish for work.
 *
 * @param queues where to look, in order of preference
 * @param limit how many jobs at most, 1 or more
 * @param lease how long the claim holds without renewal, for jobs that do not say so
 * themselves; 1 s to 24 h
 * @param worker who asks
 * @since 0.1
 */
public record ClaimRequest(List<QueueName> queues, int limit, Duration lease, WorkerId worker) {

	/**
	 * Checks the request and copies the list.
	 * @throws IllegalArgumentException if the limit or the lease is out of its range
	 */
	public ClaimRequest {
		queues = List.copyOf(queues);
		JobLimits.requireLease(lease);
		if (limit < 1) {
			throw new IllegalArgumentException("A claim must ask for at least 1 job, but asked for " + limit);
		}
	}

}
