package dev.q;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a handler may return instead of a result, to say what becomes of its job. Where it
 * cannot return, it may throw {@link #toException()}.
 *
 * @since 0.1
 */
public sealed interface JobOutcome {

	/**
	 * Look at this job again later. No failure is counted, however often.
	 * @param delay how long to wait; zero puts the job at the end of its priority
	 * @return the outcome
	 */
	static JobOutcome snooze(Duration delay) {
		return new Snooze(delay);
	}

	/**
	 * This attempt failed; try again at a time of the handler's choice. If it was the
	 * last attempt, the job is dead.
	 * @param instant when; an instant that has passed means at once
	 * @param reason what went wrong, for people
	 * @return the outcome
	 */
	static JobOutcome retryAt(Instant instant, String reason) {
		return new RetryAt(instant, reason);
	}

	/**
	 * This worker cannot run the job, another may. No failure is counted.
	 * @param delay how long to wait; zero puts the job at the end of its priority
	 * @return the outcome
	 */
	static JobOutcome nack(Duration delay) {
		return new Nack(delay);
	}

	/**
	 * The job is not wanted any more; it ends as cancelled.
	 * @param reason why, for people
	 * @return the outcome
	 */
	static JobOutcome cancel(String reason) {
		return new Cancel(reason);
	}

	/**
	 * There is nothing to be done for this job; it ends as cancelled.
	 * @param reason why, for people
	 * @return the outcome
	 */
	static JobOutcome discard(String reason) {
		return new Cancel(reason);
	}

	/**
	 * This attempt failed, as if the handler had thrown an exception: the retry policy
	 * decides.
	 * @param reason what went wrong, for people
	 * @return the outcome
	 */
	static JobOutcome fail(String reason) {
		return new Fail(reason, null);
	}

	/**
	 * This attempt failed, as if the handler had thrown an exception: the retry policy
	 * decides.
	 * @param reason what went wrong, for people
	 * @param cause the failure behind it
	 * @return the outcome
	 */
	static JobOutcome fail(String reason, Throwable cause) {
		return new Fail(reason, cause);
	}

	/**
	 * The same outcome in a form that can be thrown, from where it cannot be returned.
	 * @return an exception for a handler to throw
	 */
	default JobOutcomeException toException() {
		return (this instanceof Fail failure) ? new JobOutcomeException(failure) : new JobOutcomeException(this);
	}

	private static void requireNotNegative(Duration delay) {
		if (delay.isNegative()) {
			throw new IllegalArgumentException("A delay must not be negative, but was " + delay);
		}
	}

	/**
	 * See {@link JobOutcome#snooze}.
	 *
	 * @param delay zero or more
	 */
	record Snooze(Duration delay) implements JobOutcome {

		/**
		 * Checks the delay.
		 * @throws IllegalArgumentException if the delay is negative
		 */
		public Snooze {
			requireNotNegative(delay);
		}

	}

	/**
	 * See {@link JobOutcome#retryAt}.
	 *
	 * @param instant when
	 * @param reason what went wrong
	 */
	record RetryAt(Instant instant, String reason) implements JobOutcome {
	}

	/**
	 * See {@link JobOutcome#nack}.
	 *
	 * @param delay zero or more
	 */
	record Nack(Duration delay) implements JobOutcome {

		/**
		 * Checks the delay.
		 * @throws IllegalArgumentException if the delay is negative
		 */
		public Nack {
			requireNotNegative(delay);
		}

	}

	/**
	 * See {@link JobOutcome#cancel} and {@link JobOutcome#discard}.
	 *
	 * @param reason why
	 */
	record Cancel(String reason) implements JobOutcome {
	}

	/**
	 * See {@link JobOutcome#fail(String)}.
	 *
	 * @param reason what went wrong
	 * @param cause the failure behind it, or null
	 */
	record Fail(String reason, @Nullable Throwable cause) implements JobOutcome {
	}

}
