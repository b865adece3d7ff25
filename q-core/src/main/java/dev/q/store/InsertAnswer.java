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
	 * The group is in, but fewer copies of it were confirmed in time than its durability
	 * asks for. Only for what was stored now: a group of which everything was there
	 * before is {@link Accepted}, for nothing is known of the copies of a write that this
	 * call did not make.
	 *
	 * @param jobs what became of each job, in the order of the group
	 * @param wanted how many copies were asked for, beside the first
	 * @param reached how many were confirmed, 0 or more and less than that
	 */
	record NotReplicated(List<Entry> jobs, int wanted, int reached) implements InsertAnswer {

		/**
		 * Checks the numbers and copies the list.
		 * @throws IllegalArgumentException if no copies were asked for that are missing
		 */
		public NotReplicated {
			jobs = List.copyOf(jobs);
			if (reached < 0 || reached >= wanted) {
				throw new IllegalArgumentException(
						"Fewer copies than the %d wanted must be reached, and not less than 0, but were %d"
							.formatted(wanted, reached));
			}
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
	 * What became of one job of a group that is in.
	 *
	 * @param id the job's own id if it was stored or was there already, else that of the
	 * job that holds its unique key or waits for it
	 * @param stored false if nothing was stored for it
	 * @param changed true if the job of that id was changed instead, as the conflict of
	 * the unique key wants it
	 */
	record Entry(JobId id, boolean stored, boolean changed) {

		/**
		 * Checks that not both was done.
		 * @throws IllegalArgumentException if the job is said to be stored and to have
		 * changed another one
		 */
		public Entry {
			if (stored && changed) {
				throw new IllegalArgumentException(
						"Job %s is either stored or has changed another one, not both".formatted(id));
			}
		}

		/**
		 * A job that changed no other.
		 * @param id the job that there is now
		 * @param stored false if nothing was stored for it
		 */
		public Entry(JobId id, boolean stored) {
			this(id, stored, false);
		}

		/**
		 * A job that changed the one that was there.
		 * @param id the job that was changed
		 * @return an entry
		 */
		public static Entry changed(JobId id) {
			return new Entry(id, false, true);
		}

	}

}
