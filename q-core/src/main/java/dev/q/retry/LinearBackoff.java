package dev.q.retry;

import java.time.Duration;

import dev.q.JobRetryPolicy;

/**
 * Waits longer by the same step each time.
 *
 * @param step the first delay, more than zero
 */
record LinearBackoff(Duration step) implements JobRetryPolicy {

	LinearBackoff {
		Delay.requirePositive("The step", step);
	}

	@Override
	public Duration delayAfter(int failures, Throwable failure) {
		return Delay.times(this.step, Math.max(failures, 1));
	}

}
