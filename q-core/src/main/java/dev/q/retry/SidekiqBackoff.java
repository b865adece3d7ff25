package dev.q.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

import dev.q.JobRetryPolicy;

/**
 * The curve of Sidekiq: seconds at first, days at the end, 20 days for 25 attempts. After
 * n earlier failures it waits n^4 + 15 + (0 to 29) * (n + 1) seconds.
 *
 * @param random see {@link RetryPolicies}
 */
record SidekiqBackoff(RandomGenerator random) implements JobRetryPolicy {

	private static final int LEAST = 15;

	private static final int SPREAD = 30;

	/** From here on the curve is beyond {@link Delay#LONGEST}, and soon beyond a long. */
	private static final int END = 134;

	@Override
	public Duration delayAfter(int failures, Throwable failure) {
		long earlier = Math.max(failures, 1) - 1L;
		if (earlier >= END) {
			return Delay.LONGEST;
		}
		long step = (long) (this.random.nextDouble() * SPREAD);
		long seconds = earlier * earlier * earlier * earlier + LEAST + step * (earlier + 1);
		return Delay.atMostLongest(Duration.ofSeconds(seconds));
	}

}
