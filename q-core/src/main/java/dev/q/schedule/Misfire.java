package dev.q.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.q.job.Names;
import dev.q.retry.DurationText;
import org.jspecify.annotations.Nullable;

/**
 * What happens to ticks that could not be fired in time: no worker was there, the store
 * was away, or the queue was full or paused. Of all ticks of a schedule that are due at
 * once, the latest {@code max} are fired that are no older than {@code window}; the
 * others are passed over.
 *
 * @param max how many ticks that are due at once are fired, 1 to {@link #MOST}
 * @param window how late a tick may be, 1 s to 366 days
 * @since 0.1
 */
public record Misfire(int max, Duration window) {

	// Before the rules, which are checked by them.
	private static final Duration SHORTEST = Duration.ofSeconds(1);

	private static final Duration LONGEST = Duration.ofDays(366);

	/** Most ticks that are made up for. */
	public static final int MOST = 10_000;

	/** A tick that is more than a minute late is not made up for. */
	public static final Misfire SKIP = new Misfire(1, Duration.ofMinutes(1));

	/** The latest tick alone is made up for, within a day. The default. */
	public static final Misfire ONE = new Misfire(1, Duration.ofHours(24));

	private static final Pattern ALL = Pattern.compile("all\\(\\s*(\\d{1,9})\\s*,\\s*([^)]+)\\)");

	/**
	 * Checks the bounds.
	 * @throws IllegalArgumentException if one of them is out of its range
	 */
	public Misfire {
		if (max < 1 || max > MOST) {
			throw new IllegalArgumentException(
					"A misfire makes up for 1 to %d ticks, but was told to for %d".formatted(MOST, max));
		}
		if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					"The window of a misfire must be from 1 s to 366 days, but was " + window);
		}
	}

	/**
	 * Several ticks are made up for.
	 * @param max how many at most, 1 to {@link #MOST}; the latest ones count
	 * @param window how late they may be, 1 s to 366 days
	 * @return the rule
	 */
	public static Misfire all(int max, Duration window) {
		return new Misfire(max, window);
	}

	/**
	 * Reads a rule.
	 * @param text {@code skip}, {@code one} or such as {@code all(10, 1h)}
	 * @return the rule
	 * @throws IllegalArgumentException if the text is none of these; the message quotes
	 * it
	 */
	public static Misfire parse(String text) {
		String bare = text.strip().toLowerCase(Locale.ROOT);
		Matcher all = ALL.matcher(bare);
		if (all.matches()) {
			return all(Integer.parseInt(all.group(1)), DurationText.parse(all.group(2)));
		}
		return switch (bare) {
			case "skip" -> SKIP;
			case "one" -> ONE;
			default -> throw new IllegalArgumentException(
					"A misfire is written as skip, one or all(10, 1h), with how many ticks and how late they may be; "
							+ Names.quoted(text) + " is none");
		};
	}

	/**
	 * What a schedule that is due does next.
	 * @param trigger when it comes
	 * @param first its first tick that was not fired
	 * @param now the store's time, not before that tick
	 * @return the tick to fire, if one is left, and where the schedule stands then
	 */
	public Step step(Trigger trigger, Instant first, Instant now) {
		Instant oldest = now.minus(this.window);
		Instant second = trigger.next(first);
		if (second.isAfter(now) && !first.isBefore(oldest)) {
			return new Step(first, second);
		}
		Instant tick = earliestToFire(trigger, first, first.isAfter(oldest) ? first : oldest, now);
		return (tick != null) ? new Step(tick, trigger.next(tick)) : new Step(null, trigger.next(now));
	}

	/**
	 * Looks back over spans that double, so that a long time away costs no more than the
	 * ticks that count.
	 */
	private @Nullable Instant earliestToFire(Trigger trigger, Instant first, Instant oldest, Instant now) {
		Duration span = SHORTEST;
		while (true) {
			Instant from = now.minus(span);
			boolean isWhole = !from.isAfter(oldest);
			Deque<Instant> latest = latest(trigger, first, isWhole ? oldest : from, now);
			if (latest.size() == this.max || isWhole) {
				return latest.peekFirst();
			}
			span = span.multipliedBy(2);
		}
	}

	private Deque<Instant> latest(Trigger trigger, Instant first, Instant from, Instant now) {
		Deque<Instant> latest = new ArrayDeque<>();
		Instant tick = from.isAfter(first) ? trigger.next(from.minusNanos(1)) : first;
		while (!tick.isAfter(now)) {
			latest.addLast(tick);
			if (latest.size() > this.max) {
				latest.removeFirst();
			}
			tick = trigger.next(tick);
		}
		return latest;
	}

	/**
	 * The rule as {@link #parse} reads it.
	 */
	@Override
	public String toString() {
		if (equals(ONE)) {
			return "one";
		}
		return equals(SKIP) ? "skip" : "all(%d, %s)".formatted(this.max, this.window);
	}

	/**
	 * What a schedule does.
	 *
	 * @param tick the tick to fire, or null if all that are due are passed over
	 * @param next where the schedule stands then
	 */
	public record Step(@Nullable Instant tick, Instant next) {
	}

}
