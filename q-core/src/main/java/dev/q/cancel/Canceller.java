package dev.q.cancel;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels jobs, whoever has them, and tells the listeners of this process of those that
 * it cancelled. The store names each job to one caller only, and workers tell only of
 * what their handlers cancel: so a job is told of once in the cluster. Where nobody
 * listens nothing is paid. Safe for use by many threads.
 *
 * @param store where the jobs are
 * @param events told of each job
 * @since 0.1
 */
public record Canceller(JobStore store, JobEvents events) {

	private static final Logger logger = LoggerFactory.getLogger(Canceller.class);

	/**
	 * Cancels jobs of whatever queues.
	 * @param ids which jobs
	 * @param from in which states they must still be; none means any
	 * @param reason why, for people
	 * @return the jobs that are cancelled now
	 */
	public Set<JobId> cancel(Collection<JobId> ids, Set<JobState> from, String reason) {
		Set<JobId> cancelled = this.store.control().cancel(ids, from, reason);
		tell(cancelled, reason, (catalog) -> catalog.find(cancelled));
		return cancelled;
	}

	/**
	 * Cancels a job of which the queue is known; of several stores the others are not
	 * asked.
	 * @param queue its queue
	 * @param id which job
	 * @param reason why, for people
	 */
	public void cancel(QueueName queue, JobId id, String reason) {
		JobStore holder = this.store.storeOf(queue);
		Set<JobId> cancelled = holder.control().cancel(List.of(id), reason);
		tell(cancelled, reason, (catalog) -> catalog.find(queue, cancelled));
	}

	/**
	 * They are read after they were cancelled: most calls for a schedule cancel nothing,
	 * and whoever cannot read must be able to cancel.
	 */
	private void tell(Set<JobId> cancelled, String reason, Function<JobCatalog, List<JobDetails>> look) {
		if (cancelled.isEmpty() || this.events.isSilent()) {
			return;
		}
		try {
			look.apply(this.store.catalog())
				.forEach((details) -> this.events.publish(new JobEvent.Cancelled(details.job(), reason, null)));
		}
		catch (StoreException ex) {
			logger.warn("{} jobs are cancelled, but cannot be read, so no listener is told of them", cancelled.size(),
					ex);
		}
	}

}
