package dev.q.store;

import java.time.Duration;

/**
 * How long finished jobs are kept. While a job is kept, its id is known and its result
 * can be read. Zero keeps nothing.
 *
 * @param succeeded for jobs that succeeded
 * @param succeededPerQueue how many of those each queue keeps at most; the oldest go
 * first
 * @param cancelled for jobs that were cancelled
 * @param expired for jobs that expired
 * @param dead for dead jobs
 * @since 0.1
 */
public record Retention(Duration succeeded, int succeededPerQueue, Duration cancelled, Duration expired,
		Duration dead) {

	/** 24 hours or 10 000 for each queue, and 90 days for dead jobs. */
	public static final Retention DEFAULT = new Retention(Duration.ofHours(24), 10_000, Duration.ofHours(24),
			Duration.ofHours(24), Duration.ofDays(90));

	/** Keeps nothing but dead jobs, those for 90 days. */
	public static final Retention NOTHING = new Retention(Duration.ZERO, 0, Duration.ZERO, Duration.ZERO,
			Duration.ofDays(90));

	/**
	 * Checks the spans.
	 * @throws IllegalArgumentException if one is negative
	 */
	public Retention {
		if (succeeded.isNegative() || succeededPerQueue < 0 || cancelled.isNegative() || expired.isNegative()
				|| dead.isNegative()) {
			throw new IllegalArgumentException(
					"A retention must not be negative, but was %s, %d for each queue, %s, %s and %s"
						.formatted(succeeded, succeededPerQueue, cancelled, expired, dead));
		}
	}

	/**
	 * Whether jobs that succeed are kept at all.
	 * @return false if they are gone with their settlement
	 */
	public boolean keepsSucceeded() {
		return !this.succeeded.isZero() && this.succeededPerQueue > 0;
	}

}
