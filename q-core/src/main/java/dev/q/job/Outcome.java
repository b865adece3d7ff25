package dev.q.job;

import java.time.Duration;

/**
 * What became of an attempt. The engine decides it, the store applies it, and only while
 * the lease holds.
 *
 * @since 0.1
 */
public sealed interface Outcome {

	/**
	 * Longest delay; a longer one is cut. A handler may ask for what no store can hold,
	 * and its outcome must not stand in the way of those that are settled with it.
	 */
	Duration LONGEST_DELAY = Duration.ofDays(365_000);

	private static Duration bounded(Duration delay) {
		if (delay.isNegative()) {
			throw new IllegalArgumentException("A delay must not be negative, but was " + delay);
		}
		return (delay.compareTo(LONGEST_DELAY) < 0) ? delay : LONGEST_DELAY;
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
		 * Checks the delay and cuts it to {@link #LONGEST_DELAY}.
		 * @throws IllegalArgumentException if the delay is negative
		 */
		public Retry {
			delay = bounded(delay);
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
	 * @param reason why, for people; empty if it was not said
	 */
	record Cancelled(String reason) implements Outcome {

		/**
		 * Makes the reason fit to be stored, as {@link JobError#reason} does. One that is
		 * missing, as the message of an exception may be, is empty: it must not keep the
		 * settlements beside it from being stored.
		 */
		@SuppressWarnings("NullAway") // what code without null checks may do
		public Cancelled {
			reason = (reason != null) ? JobError.reason(reason) : "";
		}

	}

	/**
	 * The job is handed back; no failure is counted.
	 *
	 * @param reason why
	 * @param delay how long until it may be claimed again; zero after a shutdown
	 */
	record Released(ReleaseReason reason, Duration delay) implements Outcome {

		/**
		 * Checks the delay and cuts it to {@link #LONGEST_DELAY}.
		 * @throws IllegalArgumentException if the delay is negative, or not zero after a
		 * shutdown
		 */
		public Released {
			delay = bounded(delay);
			if (reason == ReleaseReason.SHUTDOWN && !delay.isZero()) {
				throw new IllegalArgumentException("A job released by a shutdown is ready at once, not in " + delay);
			}
		}

	}

}
