package dev.q.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

import dev.q.JobRetryPolicy;

/**
 * Waits longer by a factor each time. The jitter comes on top of everything, also of the
 * cap: jobs that failed together must not come back together, least of all those that
 * have failed for long.
 *
 * @param first the first delay, more than zero
 * @param factor 1 or more
 * @param cap longest delay, before jitter; no less than the first one
 * @param jitter largest part of a delay that is added to it by chance, 0 to 1
 * @param random see {@link RetryPolicies}
 */
record ExponentialBackoff(Duration first, double factor, Duration cap, double jitter,
		RandomGenerator random) implements JobRetryPolicy {

	ExponentialBackoff {
		Delay.requirePositive("The first delay", first);
		if (!(factor >= 1) || Double.isInfinite(factor)) {
			throw new IllegalArgumentException("The factor must be a number from 1 on, but was " + factor);
		}
		if (cap.compareTo(first) < 0) {
			throw new IllegalArgumentException(
					"The longest delay must not be shorter than the first, but was %s, the first %s".formatted(cap,
							first));
		}
		if (!(jitter >= 0 && jitter <= 1)) {
			throw new IllegalArgumentException("The jitter must be from 0 to 1, but was " + jitter);
		}
	}

	@Override
	public Duration delayAfter(int failures, Throwable failure) {
		Duration grown = Delay.times(this.first, Math.pow(this.factor, Math.max(failures, 1) - 1));
		Duration delay = (grown.compareTo(this.cap) < 0) ? grown : this.cap;
		return Delay.plusPart(delay, this.jitter * this.random.nextDouble());
	}

}
