package dev.q.job;

import java.time.Duration;

/**
 * How safe a job must be before its enqueue returns.
 *
 * @since 0.1
 */
public sealed interface Durability {

	/** How long an enqueue waits for copies at most: its caller waits with it. */
	Duration LONGEST_WAIT = Duration.ofHours(1);

	/** As safe as the store's own setting makes it. */
	Durability STANDARD = new Standard();

	/** Faster, and may lose the last moments before a crash of the store. */
	Durability RELAXED = new Relaxed();

	/**
	 * As safe as the store's own setting makes it.
	 */
	record Standard() implements Durability {
	}

	/**
	 * Faster, and may lose the last moments before a crash of the store.
	 */
	record Relaxed() implements Durability {
	}

	/**
	 * Copied to further servers first. Falling short is an exception that says that the
	 * job exists all the same.
	 *
	 * @param replicas how many copies beside the first, at least 1
	 * @param timeout how long to wait for them, more than zero, 1 h at most
	 */
	record Replicated(int replicas, Duration timeout) implements Durability {

		/**
		 * Checks the arguments.
		 * @throws IllegalArgumentException if there are no replicas, or no time or too
		 * much
		 */
		public Replicated {
			if (replicas < 1) {
				throw new IllegalArgumentException("Replicas must be at least 1, but were " + replicas);
			}
			if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST_WAIT) > 0) {
				throw new IllegalArgumentException(
						"A timeout for copies must be more than zero and at most 1 h, but was " + timeout);
			}
		}

	}

}
