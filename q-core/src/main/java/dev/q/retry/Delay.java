package dev.q.retry;

import java.time.Duration;

/**
 * Arithmetic of delays that ends at ten years instead of overflowing. No job waits
 * longer, and every store can hold an instant that far away.
 */
final class Delay {

	static final Duration LONGEST = Duration.ofDays(3650);

	private static final double NANOS_PER_SECOND = 1e9;

	private Delay() {
	}

	static Duration atMostLongest(Duration delay) {
		return (delay.compareTo(LONGEST) < 0) ? delay : LONGEST;
	}

	/**
	 * A delay times a factor.
	 * @param delay zero or more
	 * @param factor zero or more; infinity is allowed
	 * @return their product, at most {@link #LONGEST}
	 */
	static Duration times(Duration delay, double factor) {
		if (delay.isZero() || factor == 0) {
			return Duration.ZERO;
		}
		double seconds = (delay.getSeconds() + delay.getNano() / NANOS_PER_SECOND) * factor;
		if (seconds >= LONGEST.toSeconds()) {
			return LONGEST;
		}
		return Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND));
	}

	/**
	 * A delay and up to a part of it on top.
	 * @param delay zero or more
	 * @param part zero or more
	 * @return their sum, never shorter than the delay, at most {@link #LONGEST}
	 */
	static Duration plusPart(Duration delay, double part) {
		return atMostLongest(delay.plus(times(delay, part)));
	}

	static Duration requirePositive(String what, Duration delay) {
		if (delay.isNegative() || delay.isZero()) {
			throw new IllegalArgumentException(what + " must be more than zero, but was " + delay);
		}
		return delay;
	}

}
