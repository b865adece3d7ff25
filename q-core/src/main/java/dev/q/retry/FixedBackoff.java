package dev.q.retry;

import java.time.Duration;

import dev.q.JobRetryPolicy;

/**
 * Waits the same each time.
 *
 * @param delay zero or more; zero puts the job at the end of its priority
 */
record FixedBackoff(Duration delay) implements JobRetryPolicy {

	FixedBackoff {
		if (delay.isNegative()) {
			throw new IllegalArgumentException("The delay must not be negative, but was " + delay);
		}
		delay = Delay.atMostLongest(delay);
	}

	@Override
	public Duration delayAfter(int failures, Throwable failure) {
		return this.delay;
	}

}
