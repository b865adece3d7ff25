package dev.q.store.memory;

import java.time.Duration;

/**
 * Limits of a {@link MemoryStore}.
 *
 * @param capacity how many jobs may wait in each queue, 1 or more
 * @param offerTimeout how long an insert waits for room in a full queue before it is
 * refused; zero not to wait
 * @since 0.1
 */
public record MemorySettings(int capacity, Duration offerTimeout) {

	private static final Duration LONGEST_OFFER = Duration.ofMinutes(1);

	/** 10 000 jobs for each queue, and 10 ms. */
	public static final MemorySettings DEFAULT = new MemorySettings(10_000, Duration.ofMillis(10));

	/**
	 * Checks the limits.
	 * @throws IllegalArgumentException if a limit is out of its range
	 */
	public MemorySettings {
		if (capacity < 1) {
			throw new IllegalArgumentException("A queue must have room for at least 1 job, but was given " + capacity);
		}
		if (offerTimeout.isNegative() || offerTimeout.compareTo(LONGEST_OFFER) > 0) {
			throw new IllegalArgumentException(
					"An insert may wait for room from 0 s to 1 min, but was to wait for " + offerTimeout);
		}
	}

	/**
	 * The same limits with another capacity.
	 * @param jobs how many jobs may wait in each queue
	 * @return a copy
	 */
	public MemorySettings withCapacity(int jobs) {
		return new MemorySettings(jobs, this.offerTimeout);
	}

	/**
	 * The same limits with another wait.
	 * @param span how long an insert waits for room
	 * @return a copy
	 */
	public MemorySettings withOfferTimeout(Duration span) {
		return new MemorySettings(this.capacity, span);
	}

}
