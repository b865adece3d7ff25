package dev.q.cli.output;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

import dev.q.job.Names;

/**
 * Text for a terminal.
 *
 * @since 0.1
 */
public final class Lines {

	private Lines() {
	}

	/**
	 * A line that cannot drive a terminal: what is no visible character is shown by its
	 * number.
	 * @param line a line, with whatever users put into it
	 * @return the same in one line
	 */
	public static String printable(String line) {
		return Names.printable(line, Integer.MAX_VALUE);
	}

	/**
	 * The lines of a text, each fit for a terminal.
	 * @param text a text of many lines, such as a stack trace
	 * @return its lines, with blanks for tabs
	 */
	public static List<String> of(String text) {
		return Arrays.stream(text.split("\\R", -1)).map((line) -> printable(line.replace("\t", "    "))).toList();
	}

	/**
	 * A point in time, to the second.
	 * @param time when
	 * @return in UTC, such as {@code 2026-02-03T04:05:06Z}
	 */
	public static String time(Instant time) {
		return time.truncatedTo(ChronoUnit.SECONDS).toString();
	}

	/** What people read for a value. */
	static String text(Object value) {
		return (value instanceof Instant time) ? time(time) : value.toString();
	}

}
