package dev.q.job;

import java.time.Duration;
import java.time.Instant;

/**
 * Times as the servers of stores count them: in whole milliseconds, rounded up, so that
 * nothing happens early. What is beyond all time is kept at its end.
 *
 * @since 0.1
 */
public final class Millis {

	/** As far as every server can count without losing a millisecond. */
	private static final long END = 1L << 53;

	private static final Duration LONGEST = Duration.ofMillis(END);

	private Millis() {
	}

	/**
	 * Milliseconds of a span.
	 * @param span zero or more
	 * @return zero or more
	 */
	public static long of(Duration span) {
		return (span.compareTo(LONGEST) > 0) ? END : span.plusNanos(999_999).toMillis();
	}

	/**
	 * Milliseconds since 1970. What was before that is long past anyway.
	 * @param instant any instant
	 * @return zero or more
	 */
	public static long of(Instant instant) {
		return instant.isBefore(Instant.EPOCH) ? 0 : of(Duration.between(Instant.EPOCH, instant));
	}

	/**
	 * Milliseconds as the server is told of them.
	 * @param millis zero or more
	 * @return digits
	 */
	public static String text(long millis) {
		return Long.toString(millis);
	}

}
