package dev.q.client;

import java.util.Comparator;
import java.util.List;

import dev.q.TransactionMode;
import dev.q.job.Durability;
import dev.q.job.JobId;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * A job that is ready to be stored.
 *
 * @param position place of its request in the call
 * @param job the job
 * @param maxLength how many jobs may wait in the queue when it is in, 0 for no limit
 * @param transaction what it has to do with the transaction of its caller, or null for
 * what the store can do best
 */
record Draft(int position, NewJob job, int maxLength, @Nullable TransactionMode transaction) {

	Draft at(int place) {
		return new Draft(place, this.job, this.maxLength, this.transaction);
	}

	/**
	 * Which jobs these are.
	 * @param drafts the jobs
	 * @return their ids, by place in the call
	 */
	static List<JobId> ids(List<Draft> drafts) {
		return drafts.stream().sorted(Comparator.comparingInt(Draft::position)).map(Draft::id).toList();
	}

	JobId id() {
		return this.job.id();
	}

	QueueName queue() {
		return this.job.spec().queue();
	}

	/** How large its payload is. */
	int bytes() {
		return this.job.spec().payload().size();
	}

	/**
	 * Whether two jobs may be in one group.
	 * @param other another job
	 * @return true if queue, limit and durability are the same
	 */
	boolean goesWith(Draft other) {
		return queue().equals(other.queue()) && this.maxLength == other.maxLength
				&& durability().equals(other.durability());
	}

	Durability durability() {
		return this.job.spec().durability();
	}

}
