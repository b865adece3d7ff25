package dev.q.store.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * What one call changed that workers may want to know. Told after its commit.
 */
final class News {

	private final Map<QueueName, Integer> ready = new LinkedHashMap<>();

	private final Map<JobId, WorkerId> revoked = new LinkedHashMap<>();

	/** Of jobs that were stored in a transaction that took long, by queue. */
	private final Map<QueueName, Late> late = new LinkedHashMap<>();

	News ready(QueueName queue) {
		return ready(queue, 1);
	}

	News ready(QueueName queue, int jobs) {
		this.ready.merge(queue, jobs, Integer::sum);
		return this;
	}

	News revoked(JobId job, @Nullable String worker) {
		if (worker != null) {
			this.revoked.put(job, new WorkerId(worker));
		}
		return this;
	}

	News late(QueueName queue, Late late) {
		this.late.merge(queue, late, Late::and);
		return this;
	}

	News add(News other) {
		other.ready.forEach(this::ready);
		this.revoked.putAll(other.revoked);
		other.late.forEach(this::late);
		return this;
	}

	boolean isEmpty() {
		return this.ready.isEmpty() && this.revoked.isEmpty() && this.late.isEmpty();
	}

	Map<QueueName, Integer> ready() {
		return this.ready;
	}

	Map<JobId, WorkerId> revoked() {
		return this.revoked;
	}

	Map<QueueName, Late> late() {
		return this.late;
	}

	/**
	 * Places that were drawn a while before the commit.
	 *
	 * @param place the lowest of them
	 * @param since when it was drawn, by the clock of the server
	 */
	record Late(long place, long since) {

		Late and(Late other) {
			return new Late(Math.min(this.place, other.place), Math.min(this.since, other.since));
		}

	}

}
