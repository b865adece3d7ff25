package dev.q.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Map;

import dev.q.job.Due;
import dev.q.job.Names;

/**
 * Comes when a clock on the wall shows times that a cron text matches.
 */
final class CronTrigger implements Trigger {

	private static final Map<String, String> MACROS = Map.of("@hourly", "0 * * * *", "@daily", "0 0 * * *", "@midnight",
			"0 0 * * *", "@weekly", "0 0 * * 0", "@monthly", "0 0 1 * *", "@yearly", "0 0 1 1 *", "@annually",
			"0 0 1 1 *");

	private static final int FIELDS = 6;

	private static final LocalDate ANY_DAY = LocalDate.of(2000, 1, 1);

	private final CronTimes times;

	private final ZoneRules rules;

	private CronTrigger(CronTimes times, ZoneRules rules) {
		this.times = times;
		this.rules = rules;
	}

	static CronTrigger parse(String text, ZoneId zone) {
		try {
			String plain = MACROS.getOrDefault(text.toLowerCase(Locale.ROOT), text);
			return new CronTrigger(times(plain.split("\\s+")), zone.getRules());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"Cron text %s cannot be used: %s".formatted(Names.quoted(text), ex.getMessage()), ex);
		}
	}

	private static CronTimes times(String[] fields) {
		if (fields.length != FIELDS && fields.length != FIELDS - 1) {
			throw new IllegalArgumentException(
					"it has %d fields. Write 5 (minute, hour, day of month, month, day of week), or 6 with the second first, or 'every 5m', or one of @hourly, @daily, @weekly, @monthly and @yearly"
						.formatted(fields.length));
		}
		int first = fields.length - FIELDS + 1;
		CronDays days = new CronDays(CronField.parse(CronField.Kind.DAY_OF_MONTH, fields[first + 2]),
				CronField.parse(CronField.Kind.MONTH, fields[first + 3]),
				CronField.parse(CronField.Kind.DAY_OF_WEEK, fields[first + 4]));
		if (days.atOrAfter(ANY_DAY).isEmpty()) {
			throw new IllegalArgumentException(
					"no month that it names has such a day, so it would never come. Change the day of month or the month");
		}
		return new CronTimes(CronField.parse(CronField.Kind.SECOND, (first > 0) ? fields[0] : "0"),
				CronField.parse(CronField.Kind.MINUTE, fields[first]),
				CronField.parse(CronField.Kind.HOUR, fields[first + 1]), days);
	}

	@Override
	public Instant next(Instant after) {
		if (!after.isBefore(Due.LATEST)) {
			return Due.LATEST;
		}
		Instant next = this.times.areCertain() ? nextOfCertain(after) : nextOfReal(after);
		return next.isBefore(Due.LATEST) ? next : Due.LATEST;
	}

	/**
	 * Times of the day, in their order on the clock. Those that it has shown before come
	 * to lie at or before the instant, and are passed over.
	 */
	private Instant nextOfCertain(Instant after) {
		LocalDateTime local = wallClock(after, this.rules.getOffset(after));
		Instant tick;
		do {
			local = this.times.atOrAfter(local.plusSeconds(1));
			tick = instantOf(local);
		}
		while (!tick.isAfter(after));
		return tick;
	}

	/**
	 * When a time of the day comes: at the first of two, or at the end of a gap.
	 */
	private Instant instantOf(LocalDateTime local) {
		ZoneOffsetTransition change = this.rules.getTransition(local);
		if (change == null) {
			return local.toInstant(this.rules.getOffset(local));
		}
		return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
	}

	/**
	 * Real time, from one change of the clock to the next.
	 */
	private Instant nextOfReal(Instant after) {
		Instant from = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
		while (true) {
			ZoneOffset offset = this.rules.getOffset(from);
			ZoneOffsetTransition change = this.rules.nextTransition(from);
			Instant tick = this.times.atOrAfter(wallClock(from, offset)).toInstant(offset);
			if (change == null || tick.isBefore(change.getInstant())) {
				return tick;
			}
			from = change.getInstant();
		}
	}

	private static LocalDateTime wallClock(Instant instant, ZoneOffset offset) {
		return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, offset);
	}

}
