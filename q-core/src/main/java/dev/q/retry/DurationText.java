package dev.q.retry;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.q.job.Names;

/**
 * Durations as people write them in annotations and retry policies: {@code 200ms},
 * {@code 10s}, {@code 5m}, {@code 1h}, {@code 1d}, or as ISO-8601 has them, such as
 * {@code PT1H30M}.
 *
 * @since 0.1
 */
public final class DurationText {

	private static final Pattern SIMPLE = Pattern.compile("(\\d{1,18})\\s*(ms|s|m|h|d)");

	private static final Map<String, ChronoUnit> UNITS = Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m",
			ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

	private DurationText() {
	}

	/**
	 * Reads a duration.
	 * @param text the text
	 * @return the duration, zero or more
	 * @throws IllegalArgumentException if the text is none, or the duration is negative
	 * or too long; the message quotes the text and shows what is understood
	 */
	public static Duration parse(String text) {
		String bare = text.strip().toLowerCase(Locale.ROOT);
		try {
			Matcher simple = SIMPLE.matcher(bare);
			Duration duration = simple.matches()
					? Duration.of(Long.parseLong(simple.group(1)), UNITS.get(simple.group(2))) : Duration.parse(bare);
			if (!duration.isNegative()) {
				return duration;
			}
		}
		catch (ArithmeticException | DateTimeParseException ex) {
			throw new IllegalArgumentException(complaint(text), ex);
		}
		throw new IllegalArgumentException(complaint(text));
	}

	private static String complaint(String text) {
		return "A duration is written as 200ms, 10s, 5m, 1h, 1d or as ISO-8601 (PT1H30M), and is not negative; "
				+ Names.quoted(text) + " is none";
	}

}
