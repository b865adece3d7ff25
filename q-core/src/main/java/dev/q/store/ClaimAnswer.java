package dev.q.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a claim brought.
 *
 * @param jobs the jobs, each leased
 * @param storeTime what the store's clock showed
 * @param nextDue when the next waiting job of the queues asked for is due, or null if
 * none waits for its time. Only a hint when the claim was full
 * @since 0.1
 */
public record ClaimAnswer(List<ClaimedJob> jobs, Instant storeTime, @Nullable Instant nextDue) {

	/**
	 * Copies the list.
	 */
	public ClaimAnswer {
		jobs = List.copyOf(jobs);
	}

	/**
	 * How long it is until the next job is due.
	 * @param atMost the answer when none waits, and the longest one
	 * @return zero or more
	 */
	public Duration untilNextDue(Duration atMost) {
		if (this.nextDue == null) {
			return atMost;
		}
		Duration wait = Duration.between(this.storeTime, this.nextDue);
		if (wait.isNegative()) {
			return Duration.ZERO;
		}
		return (wait.compareTo(atMost) < 0) ? wait : atMost;
	}

}
