package dev.q;

import java.time.Duration;

/**
 * How long to wait between the attempts of a job. How many attempts there are is a limit
 * of the job, not of its policy. Must be safe for use by many threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface JobRetryPolicy {

	/**
	 * How long to wait before the next attempt.
	 * @param failures how often the job has failed, this time included; 1 or more
	 * @param failure what went wrong this time
	 * @return zero or more; zero puts the job at the end of its priority
	 */
	Duration delayAfter(int failures, Throwable failure);

}
