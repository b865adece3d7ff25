package dev.q.schedule;

import java.time.Duration;
import java.time.Instant;

import dev.q.job.Due;

/**
 * Comes at whole multiples of a span since 1970.
 *
 * @param span from tick to tick
 */
record EveryTrigger(Duration span) implements Trigger {

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	private static final Duration LONGEST = Duration.ofDays(3660);

	EveryTrigger {
		if (span.compareTo(SHORTEST) < 0 || span.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					"A schedule may come every 1 s to every 3660 days, but was told to come every " + span);
		}
		if (span.toNanosPart() % 1_000_000 != 0) {
			throw new IllegalArgumentException(
					"A schedule comes after whole milliseconds, but was told to come every " + span);
		}
	}

	@Override
	public Instant next(Instant after) {
		if (!after.isBefore(Due.LATEST)) {
			return Due.LATEST;
		}
		long millis = this.span.toMillis();
		Instant next = Instant.ofEpochMilli((Math.floorDiv(after.toEpochMilli(), millis) + 1) * millis);
		return next.isBefore(Due.LATEST) ? next : Due.LATEST;
	}

}
