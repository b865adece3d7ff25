package dev.q.admin;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

import dev.q.job.Job;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.store.JobCatalog;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs are meant. What is left out does not matter. A filter that has no more than
 * a tag or an instant looks through all jobs, since no store has an index of those.
 *
 * @param states any of these states; empty for all that the action is for
 * @param queue this queue, or null for all
 * @param type this type, or null for all
 * @param tag with this tag, or null for all
 * @param storedBefore stored before this instant, by the store's clock, or null for all
 * @since 0.1
 */
public record JobFilter(Set<JobState> states, @Nullable QueueName queue, @Nullable TypeName type, @Nullable String tag,
		@Nullable Instant storedBefore) {

	/** All jobs. */
	public static final JobFilter ALL = new JobFilter(Set.of(), null, null, null, null);

	/**
	 * Copies the states and checks the tag.
	 * @throws IllegalArgumentException if the tag is one that no job can have
	 */
	public JobFilter {
		states = Set.copyOf(states);
		if (tag != null) {
			JobSpec.requireTag(tag);
		}
	}

	/**
	 * The same filter for jobs in some states.
	 * @param first a state
	 * @param others further states
	 * @return a copy
	 */
	public JobFilter in(JobState first, JobState... others) {
		return in(EnumSet.of(first, others));
	}

	/**
	 * The same filter for jobs in these states only.
	 * @param some which; empty for any
	 * @return a copy
	 */
	public JobFilter in(Set<JobState> some) {
		return new JobFilter(some, this.queue, this.type, this.tag, this.storedBefore);
	}

	/**
	 * The same filter for jobs of a queue.
	 * @param name the queue
	 * @return a copy
	 */
	public JobFilter of(QueueName name) {
		return new JobFilter(this.states, name, this.type, this.tag, this.storedBefore);
	}

	/**
	 * The same filter for jobs of a type.
	 * @param name the type
	 * @return a copy
	 */
	public JobFilter of(TypeName name) {
		return new JobFilter(this.states, this.queue, name, this.tag, this.storedBefore);
	}

	/**
	 * The same filter for jobs with a tag.
	 * @param mark the tag
	 * @return a copy
	 */
	public JobFilter tagged(String mark) {
		return new JobFilter(this.states, this.queue, this.type, mark, this.storedBefore);
	}

	/**
	 * The same filter for jobs that were stored before an instant.
	 * @param instant the instant, by the store's clock
	 * @return a copy
	 */
	public JobFilter storedBefore(Instant instant) {
		return new JobFilter(this.states, this.queue, this.type, this.tag, instant);
	}

	/** What the store looks for. */
	JobCatalog.Query query() {
		return new JobCatalog.Query(this.states, this.queue, this.type, this.tag);
	}

	/** Whether all jobs that the store finds are meant. */
	boolean isOfStore() {
		return this.storedBefore == null;
	}

	/** Whether a job that the store found is meant. */
	boolean means(Job job) {
		return this.storedBefore == null || job.times().createdAt().isBefore(this.storedBefore);
	}

}
