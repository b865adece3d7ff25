package dev.q.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import dev.q.job.JobState;
import dev.q.store.Retention;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a queue that have ended, for each way to end the oldest first.
 */
final class FinishedJobs {

	private final Map<JobState, JobChain> ends = Map.of(JobState.SUCCEEDED, new JobChain(), JobState.DEAD,
			new JobChain(), JobState.CANCELLED, new JobChain(), JobState.EXPIRED, new JobChain());

	void add(MemoryJob job) {
		chainOf(job.state()).addLast(job);
	}

	void remove(MemoryJob job) {
		chainOf(job.state()).remove(job);
	}

	/** The oldest job that succeeded if there are more than these, else null. */
	@Nullable MemoryJob succeededBeyond(int limit) {
		JobChain succeeded = chainOf(JobState.SUCCEEDED);
		return (succeeded.size() > limit) ? succeeded.first() : null;
	}

	/** A job that was kept long enough, or null if there is none. */
	@Nullable MemoryJob overdue(Retention retention, Instant now) {
		MemoryJob surplus = succeededBeyond(retention.succeededPerQueue());
		if (surplus != null) {
			return surplus;
		}
		for (Map.Entry<JobState, JobChain> end : this.ends.entrySet()) {
			MemoryJob oldest = end.getValue().first();
			if (oldest != null && isOver(oldest, keptFor(end.getKey(), retention), now)) {
				return oldest;
			}
		}
		return null;
	}

	/** How long jobs are kept that ended like this. */
	static Duration keptFor(JobState end, Retention retention) {
		return switch (end) {
			case SUCCEEDED -> retention.keepsSucceeded() ? retention.succeeded() : Duration.ZERO;
			case DEAD -> retention.dead();
			case CANCELLED -> retention.cancelled();
			case EXPIRED -> retention.expired();
			default -> throw new IllegalArgumentException("A job that is " + end + " has not ended");
		};
	}

	private static boolean isOver(MemoryJob job, Duration keep, Instant now) {
		Instant end = Objects.requireNonNull(job.times().finishedAt());
		return Duration.between(end, now).compareTo(keep) >= 0;
	}

	private JobChain chainOf(JobState end) {
		return Objects.requireNonNull(this.ends.get(end));
	}

}
