package dev.q.store;

import java.time.Instant;
import java.util.Map;

import dev.q.job.JobState;
import dev.q.job.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * Figures of one queue.
 *
 * @param queue its name
 * @param pause what it does not do for now, who said so, and since when
 * @param counts how many jobs are in each state; finished ones as long as they are kept.
 * A state without jobs may be missing
 * @param oldestReady since when the first ready job of any priority has been due, or null
 * @param nextDue when the first job is due that waits for its time, or null if none has
 * any. It may have passed, until somebody makes the job ready
 * @since 0.1
 */
public record QueueStats(QueueName queue, Pause pause, Map<JobState, Long> counts, @Nullable Instant oldestReady,
		@Nullable Instant nextDue) {

	/**
	 * Copies the map.
	 */
	public QueueStats {
		counts = Map.copyOf(counts);
	}

	/**
	 * How many jobs are in a state.
	 * @param state the state
	 * @return zero or more
	 */
	public long count(JobState state) {
		return this.counts.getOrDefault(state, 0L);
	}

	/**
	 * How many jobs wait: the figure that a limit of the queue is held against.
	 * @return zero or more
	 */
	public long waiting() {
		return this.counts.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().isWaiting())
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

}
