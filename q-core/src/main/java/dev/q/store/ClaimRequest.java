package dev.q.store;

import java.time.Duration;
import java.util.List;
import java.util.Set;

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
 * @param exclusive which of these queues run one job at a time, whoever works them: such
 * a queue hands out a job only while none of its jobs is leased, and one at most. A lease
 * counts until it is settled, taken away or recovered, also when it has run out. It is
 * enough if those ask so who work the queue, but all of them must
 * @since 0.1
 */
public record ClaimRequest(List<QueueName> queues, int limit, Duration lease, WorkerId worker,
		Set<QueueName> exclusive) {

	/**
	 * Checks the request and copies the collections.
	 * @throws IllegalArgumentException if the limit or the lease is out of its range
	 */
	public ClaimRequest {
		queues = List.copyOf(queues);
		exclusive = Set.copyOf(exclusive);
		JobLimits.requireLease(lease);
		if (limit < 1) {
			throw new IllegalArgumentException("A claim must ask for at least 1 job, but asked for " + limit);
		}
	}

	/**
	 * A wish for work from queues of which none is exclusive.
	 * @param queues where to look, in order of preference
	 * @param limit how many jobs at most, 1 or more
	 * @param lease how long the claim holds without renewal, for jobs that do not say so
	 * themselves; 1 s to 24 h
	 * @param worker who asks
	 */
	public ClaimRequest(List<QueueName> queues, int limit, Duration lease, WorkerId worker) {
		this(queues, limit, lease, worker, Set.of());
	}

	/**
	 * The same wish, of some queues and another number of jobs.
	 * @param others where to look, in order of preference
	 * @param most how many jobs at most, 1 or more
	 * @return a copy
	 */
	public ClaimRequest of(List<QueueName> others, int most) {
		return new ClaimRequest(others, most, this.lease, this.worker, this.exclusive);
	}

	/**
	 * Whether a queue runs one job at a time.
	 * @param queue the queue
	 * @return true if it may hand out a job only while none of its jobs is leased
	 */
	public boolean isExclusive(QueueName queue) {
		return this.exclusive.contains(queue);
	}

}
