package dev.q.store;

import java.util.List;

import dev.q.job.Due;
import dev.q.job.NewJob;
import dev.q.job.QueueName;

/**
 * Jobs of one queue that are stored together or not at all.
 *
 * @param queue the queue of all the jobs
 * @param jobs 1 to {@link WorkStore#MAX_GROUP} jobs
 * @param maxLength how many jobs may wait in the queue when these are in; 0 for no limit
 * beyond the store's own
 * @since 0.1
 */
public record InsertGroup(QueueName queue, List<NewJob> jobs, int maxLength) {

	/**
	 * Checks the group and copies the list.
	 * @throws IllegalArgumentException if the group is empty or too large, if a job
	 * belongs to another queue or if the limit is negative
	 */
	public InsertGroup {
		jobs = List.copyOf(jobs);
		if (jobs.isEmpty() || jobs.size() > WorkStore.MAX_GROUP) {
			throw new IllegalArgumentException(
					"A group must hold 1 to %d jobs, but holds %d".formatted(WorkStore.MAX_GROUP, jobs.size()));
		}
		if (maxLength < 0) {
			throw new IllegalArgumentException("A maximum length must not be negative, but was " + maxLength);
		}
		for (NewJob job : jobs) {
			if (!job.spec().queue().equals(queue)) {
				throw new IllegalArgumentException("Job %s is for queue %s, but its group is for %s".formatted(job.id(),
						job.spec().queue(), queue));
			}
		}
	}

	/**
	 * Makes sure that the times of these jobs can be stored, whatever the clock of the
	 * store shows. That must come to light before anything is stored.
	 * @throws IllegalArgumentException if a job is due, or expires, beyond
	 * {@link Due#LATEST}
	 */
	public void requireStorableTimes() {
		for (NewJob job : this.jobs) {
			job.due().from(Due.LATEST_CLOCK);
			job.spec().limits().expiryOf(Due.LATEST_CLOCK);
		}
	}

	/**
	 * A group without a limit of its own.
	 * @param jobs at least one job, all of one queue
	 * @return the group
	 */
	public static InsertGroup of(List<NewJob> jobs) {
		return new InsertGroup(jobs.get(0).spec().queue(), jobs, 0);
	}

}
