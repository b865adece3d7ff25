package dev.q.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what a cron text means by looking at the clock on the wall at every single moment,
 * as a cron daemon does. Shares nothing with the code that it judges.
 */
public final class CronOracle {

	private static final int[][] RANGES = { { 0, 59 }, { 0, 59 }, { 0, 23 }, { 1, 31 }, { 1, 12 }, { 0, 6 } };

	private final Instant from;

	private final Duration step;

	private final LocalDateTime[] clock;

	/**
	 * Looks at the clock of a zone.
	 * @param zone where it hangs
	 * @param from the first moment
	 * @param to behind the last one
	 * @param step from moment to moment
	 */
	public CronOracle(ZoneId zone, Instant from, Instant to, Duration step) {
		this.from = from;
		this.step = step;
		this.clock = new LocalDateTime[Math.toIntExact(Duration.between(from, to).dividedBy(step))];
		for (int i = 0; i < this.clock.length; i++) {
			this.clock[i] = from.plus(step.multipliedBy(i)).atZone(zone).toLocalDateTime();
		}
	}

	/**
	 * All ticks of a text of 6 fields, but for those at the very first moment.
	 */
	public List<Instant> ticks(String text) {
		String[] fields = text.split(" ", -1);
		boolean[][] allowed = new boolean[fields.length][];
		for (int i = 0; i < fields.length; i++) {
			allowed[i] = allowed(fields[i], RANGES[i][0], RANGES[i][1], i == 5);
		}
		boolean isEither = !fields[3].startsWith("*") && !fields[5].startsWith("*");
		boolean isReal = fields[1].startsWith("*") || fields[2].startsWith("*");
		List<Instant> ticks = new ArrayList<>();
		LocalDateTime seen = this.clock[0];
		for (int i = 1; i < this.clock.length; i++) {
			LocalDateTime shown = this.clock[i];
			boolean comes = matches(shown, allowed, isEither) && (isReal || shown.isAfter(seen));
			for (LocalDateTime missed = seen.plus(this.step); !isReal
					&& missed.isBefore(shown); missed = missed.plus(this.step)) {
				comes |= matches(missed, allowed, isEither);
			}
			if (comes) {
				ticks.add(this.from.plus(this.step.multipliedBy(i)));
			}
			seen = shown.isAfter(seen) ? shown : seen;
		}
		return ticks;
	}

	private static boolean matches(LocalDateTime time, boolean[][] allowed, boolean isEither) {
		boolean ofMonth = allowed[3][time.getDayOfMonth()];
		boolean ofWeek = allowed[5][time.getDayOfWeek().getValue() % 7];
		return allowed[0][time.getSecond()] && allowed[1][time.getMinute()] && allowed[2][time.getHour()]
				&& allowed[4][time.getMonthValue()] && (isEither ? ofMonth || ofWeek : ofMonth && ofWeek);
	}

	private static boolean[] allowed(String field, int least, int most, boolean isDayOfWeek) {
		boolean[] allowed = new boolean[most + 1];
		int highest = isDayOfWeek ? 7 : most;
		for (String part : field.split(",", -1)) {
			String[] sides = part.split("/", -1);
			int step = (sides.length > 1) ? Integer.parseInt(sides[1]) : 1;
			String[] ends = sides[0].equals("*") ? new String[] { "" + least, "" + most } : sides[0].split("-");
			int low = Integer.parseInt(ends[0]);
			int high = (ends.length > 1) ? Integer.parseInt(ends[1]) : (sides.length > 1) ? highest : low;
			for (int value = least; value <= highest; value++) {
				if (value >= low && value <= high && (value - low) % step == 0) {
					allowed[isDayOfWeek ? value % 7 : value] = true;
				}
			}
		}
		return allowed;
	}

	public static Instant utc(int year, int month, int day) {
		return LocalDateTime.of(year, month, day, 0, 0).toInstant(ZoneOffset.UTC);
	}

}
