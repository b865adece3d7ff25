package dev.q.job;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How often a job may start and how long it may take.
 *
 * @param maxAttempts failures after which the job is dead; at least 1
 * @param maxCrashes lost leases after which the job is dead; at least 1
 * @param lease how long a claim holds without renewal, 1 s to 24 h; null for the worker's
 * own setting
 * @param timeout how long one attempt may run, 365 days at most; null for no limit
 * @param timeToLive age, from the moment the job is stored, at which it expires; null for
 * no limit
 * @param deadline instant at which the job expires; null for none. When both are given,
 * the earlier one counts
 * @since 0.1
 */
public record JobLimits(int maxAttempts, int maxCrashes, @Nullable Duration lease, @Nullable Duration timeout,
		@Nullable Duration timeToLive, @Nullable Instant deadline) {

	/** Shortest lease. */
	public static final Duration MIN_LEASE = Duration.ofSeconds(1);

	/** Longest lease. */
	public static final Duration MAX_LEASE = Duration.ofHours(24);

	/** Longest timeout. */
	public static final Duration MAX_TIMEOUT = Duration.ofDays(365);

	/** 25 attempts, 3 crashes, nothing else. */
	public static final JobLimits DEFAULT = new JobLimits(25, 3, null, null, null, null);

	/**
	 * Checks the limits.
	 * @throws IllegalArgumentException if a limit is out of its range
	 */
	public JobLimits {
		if (maxAttempts < 1 || maxCrashes < 1) {
			throw new IllegalArgumentException("A job needs at least 1 attempt and 1 crash, but was given %d and %d"
				.formatted(maxAttempts, maxCrashes));
		}
		if (lease != null) {
			requireLease(lease);
		}
		if (timeout != null) {
			requireTimeout(timeout);
		}
		if (timeToLive != null) {
			requirePositive("A time to live", timeToLive);
		}
	}

	/**
	 * Checks the length of a lease.
	 * @param lease the length
	 * @return the same length
	 * @throws IllegalArgumentException if it is not between 1 s and 24 h
	 */
	public static Duration requireLease(Duration lease) {
		if (lease.compareTo(MIN_LEASE) < 0 || lease.compareTo(MAX_LEASE) > 0) {
			throw new IllegalArgumentException("A lease must last from 1 s to 24 h, but was " + lease);
		}
		return lease;
	}

	/**
	 * Checks a timeout.
	 * @param timeout how long an attempt may run
	 * @return the same span
	 * @throws IllegalArgumentException if it is zero or negative, or more than 365 days
	 */
	public static Duration requireTimeout(Duration timeout) {
		if (requirePositive("A timeout", timeout).compareTo(MAX_TIMEOUT) > 0) {
			throw new IllegalArgumentException(
					"A timeout may last 365 days at most, but was %s. Leave it out for no limit".formatted(timeout));
		}
		return timeout;
	}

	/**
	 * Checks a span.
	 * @param what what it is, for the complaint
	 * @param span the span
	 * @return the same span
	 * @throws IllegalArgumentException if it is zero or negative
	 */
	public static Duration requirePositive(String what, Duration span) {
		if (span.isNegative() || span.isZero()) {
			throw new IllegalArgumentException(what + " must be more than zero, but was " + span);
		}
		return span;
	}

	/**
	 * The same limits with other attempts.
	 * @param attempts failures after which the job is dead
	 * @return a copy
	 */
	public JobLimits withMaxAttempts(int attempts) {
		return new JobLimits(attempts, this.maxCrashes, this.lease, this.timeout, this.timeToLive, this.deadline);
	}

	/**
	 * The same limits with other crashes.
	 * @param crashes lost leases after which the job is dead
	 * @return a copy
	 */
	public JobLimits withMaxCrashes(int crashes) {
		return new JobLimits(this.maxAttempts, crashes, this.lease, this.timeout, this.timeToLive, this.deadline);
	}

	/**
	 * The same limits with another lease.
	 * @param length how long a claim holds without renewal; null for the worker's setting
	 * @return a copy
	 */
	public JobLimits withLease(@Nullable Duration length) {
		return new JobLimits(this.maxAttempts, this.maxCrashes, length, this.timeout, this.timeToLive, this.deadline);
	}

	/**
	 * The same limits with another expiry.
	 * @param age age at which the job expires; null for no limit
	 * @param instant instant at which the job expires; null for none
	 * @return a copy
	 */
	public JobLimits expiring(@Nullable Duration age, @Nullable Instant instant) {
		return new JobLimits(this.maxAttempts, this.maxCrashes, this.lease, this.timeout, age, instant);
	}

	/**
	 * When a job with these limits expires.
	 * @param storedAt when the store took the job in, by the store's clock
	 * @return the earlier of both limits, or null if there is none
	 * @throws IllegalArgumentException if that is beyond {@link Due#LATEST}
	 */
	public @Nullable Instant expiryOf(Instant storedAt) {
		Instant byAge = (this.timeToLive != null) ? Due.in(this.timeToLive).from(storedAt) : null;
		if (byAge == null || (this.deadline != null && this.deadline.isBefore(byAge))) {
			return this.deadline;
		}
		return byAge;
	}

}
