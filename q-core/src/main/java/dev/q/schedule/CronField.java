package dev.q.schedule;

import java.util.List;
import java.util.Locale;

import dev.q.job.Names;

/**
 * The values that one field of a cron text stands for.
 *
 * @param values a bit for each value that is meant
 * @param isStar whether the text starts with a star
 */
record CronField(long values, boolean isStar) {

	/**
	 * Reads a field.
	 * @param kind which one
	 * @param text what is written
	 * @return the field
	 * @throws IllegalArgumentException if that is not understood
	 */
	static CronField parse(Kind kind, String text) {
		long values = 0;
		for (String part : text.split(",", -1)) {
			values |= kind.part(part);
		}
		return new CronField(values, text.startsWith("*") || text.equals("?"));
	}

	boolean has(int value) {
		return (this.values >>> value & 1) != 0;
	}

	/**
	 * The first value that is meant, from one on.
	 * @param from where to start
	 * @return the value, or -1 if there is none
	 */
	int next(int from) {
		long left = (from < Long.SIZE) ? this.values >>> from << from : 0;
		return (left != 0) ? Long.numberOfTrailingZeros(left) : -1;
	}

	/**
	 * A field of a cron text.
	 */
	enum Kind {

		SECOND("second", 0, 59, List.of()),

		MINUTE("minute", 0, 59, List.of()),

		HOUR("hour", 0, 23, List.of()),

		DAY_OF_MONTH("day of month", 1, 31, List.of()),

		MONTH("month", 1, 12,
				List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),

		DAY_OF_WEEK("day of week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

		private static final int DAYS = 7;

		private final String label;

		private final int least;

		private final int most;

		@SuppressWarnings("ImmutableEnumChecker") // made by List.of
		private final List<String> names;

		Kind(String label, int least, int most, List<String> names) {
			this.label = label;
			this.least = least;
			this.most = most;
			this.names = names;
		}

		private long part(String text) {
			int slash = text.indexOf('/');
			String range = (slash < 0) ? text : text.substring(0, slash);
			int step = (slash < 0) ? 1 : step(text.substring(slash + 1));
			if (range.equals("*") || (range.equals("?") && (this == DAY_OF_MONTH || this == DAY_OF_WEEK))) {
				return values(this.least, (this == DAY_OF_WEEK) ? DAYS - 1 : this.most, step);
			}
			int dash = range.indexOf('-');
			int from = value((dash < 0) ? range : range.substring(0, dash));
			if (dash < 0) {
				return values(from, (slash < 0) ? from : this.most, step);
			}
			int to = value(range.substring(dash + 1));
			// A week may also end on the Sunday that it begins with.
			return values(from, (this == DAY_OF_WEEK && to < from && to == 0) ? DAYS : to, step);
		}

		private long values(int from, int to, int step) {
			if (to < from) {
				throw new IllegalArgumentException("the %s goes from %d down to %d. Write two ranges, with a comma"
					.formatted(this.label, from, to));
			}
			long values = 0;
			for (int value = from; value <= to; value += step) {
				values |= 1L << ((this == DAY_OF_WEEK) ? value % DAYS : value);
			}
			return values;
		}

		private int step(String text) {
			int step = number(text);
			if (step < 1 || step > this.most) {
				throw new IllegalArgumentException(
						"the step of the %s must be from 1 to %d, but is %s. For even intervals of any length use 'every', as in 'every 90m'"
							.formatted(this.label, this.most, Names.quoted(text)));
			}
			return step;
		}

		private int value(String text) {
			int named = this.names.indexOf(text.toUpperCase(Locale.ROOT));
			int value = (named >= 0) ? named + this.least : number(text);
			if (value < this.least || value > this.most) {
				throw new IllegalArgumentException("the %s must be from %d to %d%s, but has %s".formatted(this.label,
						this.least, this.most, this.names.isEmpty() ? "" : " or a name such as " + this.names.get(1),
						Names.quoted(text)));
			}
			return value;
		}

		/** Minus one for what is no number of one or two digits. */
		private static int number(String text) {
			boolean isNumber = !text.isEmpty() && text.length() <= 2
					&& text.chars().allMatch((c) -> c >= '0' && c <= '9');
			return isNumber ? Integer.parseInt(text) : -1;
		}

	}

}
