package dev.q.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.q.job.Due;
import dev.q.job.Names;
import dev.q.retry.DurationText;

/**
 * When something comes again. Depends on nothing but its text and its zone, so that all
 * nodes agree.
 *
 * <p>
 * <b>Texts.</b> {@code every 5m}, whose ticks are whole multiples of the span since
 * 1970-01-01T00:00Z; one of the macros {@code @hourly}, {@code @daily} or
 * {@code @midnight}, {@code @weekly}, {@code @monthly}, {@code @yearly} or
 * {@code @annually}; or a cron text as crontab(5) has it: minute, hour, day of month,
 * month, day of week, with a field for seconds before them if there are six. A field is
 * {@code *}, a value, a range {@code 1-5}, any of these with a step as in
 * {@code *}{@code /10}, or a list of them. A value with a step, {@code 5/15}, goes on to
 * the end. Months and days of the week have names of three letters too; 0 and 7 are
 * Sunday. {@code ?} is the same as {@code *}.
 *
 * <p>
 * <b>Days.</b> As in crontab(5): if neither the day of the month nor the day of the week
 * starts with {@code *}, a day counts that matches either of them; else it must match
 * both.
 *
 * <p>
 * <b>When clocks are changed</b>, cron(8) of cronie is followed, which knows two kinds of
 * texts. If the minute or the hour starts with {@code *}, as in
 * {@code *}{@code /10 * * * *}, the text follows real time: it comes whenever the clock
 * on the wall shows a time that matches. So it comes in both of the hours that look alike
 * when clocks are set back, and not at times that are left out when they are set forward.
 * All other texts, as {@code 30 2 * * *}, name certain times of the day. Such a time
 * comes once even if the clock shows it twice: at the first of them. One that is left out
 * comes too: at the moment when the clock is set forward; several that are left out at
 * once come as one. That holds for gaps and repetitions of whatever length, also where
 * they are at midnight.
 *
 * @since 0.1
 */
public interface Trigger {

	/** Most ticks of a preview. */
	int MOST_SHOWN = 1000;

	/** How texts of spans begin. */
	String EVERY = "every ";

	/**
	 * The first tick after an instant.
	 * @param after any instant
	 * @return the tick, in whole milliseconds; {@link Due#LATEST} if there is none before
	 */
	Instant next(Instant after);

	/**
	 * The ticks that follow an instant.
	 * @param after any instant
	 * @param count how many, 1 to {@link #MOST_SHOWN}
	 * @return the ticks
	 * @throws IllegalArgumentException if the count is out of its range
	 */
	default List<Instant> preview(Instant after, int count) {
		if (count < 1 || count > MOST_SHOWN) {
			throw new IllegalArgumentException(
					"A preview shows 1 to %d ticks, but was asked for %d".formatted(MOST_SHOWN, count));
		}
		List<Instant> ticks = new ArrayList<>(count);
		Instant tick = after;
		while (ticks.size() < count) {
			tick = next(tick);
			ticks.add(tick);
		}
		return ticks;
	}

	/**
	 * Reads a trigger.
	 * @param text {@code every} and a span, a macro, or a cron text; see above
	 * @param zone in which zone dates and times of day are meant
	 * @return the trigger
	 * @throws IllegalArgumentException if the text cannot be used, or names a date that
	 * never comes; the message quotes it and says what to do
	 */
	static Trigger of(String text, ZoneId zone) {
		String plain = text.strip();
		if (plain.toLowerCase(Locale.ROOT).startsWith(EVERY)) {
			return new EveryTrigger(DurationText.parse(plain.substring(EVERY.length())));
		}
		return CronTrigger.parse(plain, zone);
	}

	/**
	 * The text of a trigger that comes at even intervals.
	 * @param span from tick to tick, 1 s or more
	 * @return the text
	 * @throws IllegalArgumentException if the span is too short or too long
	 */
	static String every(Duration span) {
		return EVERY + new EveryTrigger(span).span();
	}

	/**
	 * Reads a zone.
	 * @param id such as {@code Europe/Berlin}, {@code UTC} or {@code +02:00}
	 * @return the zone
	 * @throws IllegalArgumentException if this machine knows no such zone
	 */
	static ZoneId zone(String id) {
		try {
			return ZoneId.of(id.strip());
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(
					"A zone is written as Europe/Berlin, UTC or +02:00, but %s is none that is known here"
						.formatted(Names.quoted(id)),
					ex);
		}
	}

}
