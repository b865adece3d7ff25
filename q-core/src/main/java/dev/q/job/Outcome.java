package dev.q.job;

import java.time.Duration;

/**
 * What became of an attempt. The engine decides it, the store applies it, and only while
 * the lease holds.
 *
 * @since 0.1
 */
public sealed interface Outcome {

	private static void requireNotNegative(Duration delay) {
		if (delay.isNegative()) {
			throw new IllegalArgumentException("A delay must not be negative, but was " + delay);
		}
	}

	/**
	 * The job is done.
	 *
	 * @param result what it leaves behind
	 */
	record Succeeded(StoredResult result) implements Outcome {
	}

	/**
	 * The attempt failed, and another one follows. Counts a failure.
	 *
	 * @param delay how long until then; zero puts the job at the end of its priority
	 * @param error the failure
	 */
	record Retry(Duration delay, JobError error) implements Outcome {

		/**
		 * Checks the delay.
		 * @throws IllegalArgumentException if the delay is negative
		 */
		public Retry {
			requireNotNegative(delay);
		}

	}

	/**
	 * No other attempt follows. Counts a failure if {@link DeadReason#countsAsFailure()}.
	 *
	 * @param reason why not
	 * @param error the failure
	 */
	record Dead(DeadReason reason, JobError error) implements Outcome {
	}

	/**
	 * The handler wants the job to end without success or failure.
	 *
	 * @param reason why, for people
	 */
	record Cancelled(String reason) implements Outcome {
	}

	/**
	 * The job is handed back; no failure is counted.
	 *
	 * @param reason why
	 * @param delay how long until it may be claimed again; zero after a shutdown
	 */
	record Released(ReleaseReason reason, Duration delay) implements Outcome {

		/**
		 * Checks the delay.
		 * @throws IllegalArgumentException if the delay is negative, or not zero after a
		 * shutdown
		 */
		public Released {
			requireNotNegative(delay);
			if (reason == ReleaseReason.SHUTDOWN && !delay.isZero()) {
				throw new IllegalArgumentException("A job released by a shutdown is ready at once, not in " + delay);
			}
		}

	}

}
