package dev.q.cli.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import dev.q.event.JobEvent;
import dev.q.event.JobListener;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.store.JobControl;
import dev.q.store.MaintenanceStore;
import dev.q.store.Retention;
import dev.q.store.StoreException;

/**
 * Keeps one queue in order and leaves the others alone. A store can only be kept in order
 * as a whole, and by the retention of whoever does it: that of a measurement would delete
 * what an application keeps for longer, and jobs that it takes back would be told of here
 * instead of there. So this deletes the oldest of those that it saw succeed, and nothing
 * else.
 */
final class OwnUpkeep implements MaintenanceStore, JobListener {

	private final QueueName queue;

	private final JobControl control;

	private final boolean keeps;

	/** As many as the store keeps of the queue, and those that are to be deleted. */
	private final ConcurrentLinkedQueue<JobId> ended = new ConcurrentLinkedQueue<>();

	private final AtomicLong size = new AtomicLong();

	OwnUpkeep(QueueName queue, JobControl control, Retention retention) {
		this.queue = queue;
		this.control = control;
		this.keeps = retention.keepsSucceeded();
	}

	/** The one queue. */
	QueueName queue() {
		return this.queue;
	}

	@Override
	public void onEvent(JobEvent event) {
		if (this.keeps && event instanceof JobEvent.Succeeded succeeded) {
			add(List.of(succeeded.id()));
		}
	}

	private void add(Collection<JobId> ids) {
		this.ended.addAll(ids);
		this.size.addAndGet(ids.size());
	}

	@Override
	public int purge(Retention retention, int limit) {
		long surplus = Math.min(this.size.get() - retention.succeededPerQueue(), limit);
		List<JobId> oldest = new ArrayList<>();
		while (oldest.size() < surplus) {
			JobId id = this.ended.poll();
			if (id == null) {
				break;
			}
			oldest.add(id);
		}
		this.size.addAndGet(-oldest.size());
		if (!oldest.isEmpty()) {
			forget(oldest);
		}
		return oldest.size();
	}

	private void forget(List<JobId> ids) {
		try {
			this.control.forget(this.queue, ids);
		}
		catch (StoreException ex) {
			// They are still there, and their turn comes again.
			add(ids);
			throw ex;
		}
	}

	@Override
	public int promoteDue(int limit) {
		return 0;
	}

	@Override
	public List<Job> recoverExpired(int limit) {
		return List.of();
	}

	@Override
	public List<Job> expire(int limit) {
		return List.of();
	}

}
