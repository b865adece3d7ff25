package dev.q.store;

import java.util.List;

import dev.q.job.JobId;

/**
 * What became of an {@link InsertGroup}.
 *
 * @since 0.1
 */
public sealed interface InsertAnswer {

	/**
	 * The group is in.
	 *
	 * @param jobs what became of each job, in the order of the group
	 */
	record Accepted(List<Entry> jobs) implements InsertAnswer {

		/**
		 * Copies the list.
		 */
		public Accepted {
			jobs = List.copyOf(jobs);
		}

	}

	/**
	 * Nothing of the group was stored: the queue has no room for it.
	 *
	 * @param limit how many jobs may wait
	 * @param length how many do
	 */
	record Full(int limit, int length) implements InsertAnswer {
	}

	/**
	 * Nothing of the group was stored: the queue takes nothing in for now.
	 */
	record Paused() implements InsertAnswer {
	}

	/**
	 * What became of one job of an accepted group.
	 *
	 * @param id the job's own id if it was stored or was there already, else that of the
	 * job that holds its unique key
	 * @param stored false if nothing was stored for it
	 */
	record Entry(JobId id, boolean stored) {
	}

}
