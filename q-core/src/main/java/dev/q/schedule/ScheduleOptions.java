package dev.q.schedule;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import dev.q.job.Names;
import org.jspecify.annotations.Nullable;

/**
 * How a schedule behaves, besides when it comes.
 *
 * @param misfire what happens to ticks that are late
 * @param overlap what a tick does while the job before it has not ended
 * @param jitter how much later than its tick a job may start, zero to 24 h. How much it
 * is depends on the schedule and the tick alone
 * @param owner the application that declares the schedule in its code, or null
 * @since 0.1
 */
public record ScheduleOptions(Misfire misfire, Overlap overlap, Duration jitter, @Nullable String owner) {

	// Before the default, which is checked by it.
	private static final Duration MOST_JITTER = Duration.ofHours(24);

	private static final int MOST_OF_OWNER = 128;

	/** {@link Misfire#ONE}, {@link Overlap#ALLOW}, no jitter, declared by nobody. */
	public static final ScheduleOptions DEFAULT = new ScheduleOptions(Misfire.ONE, Overlap.ALLOW, Duration.ZERO, null);

	/**
	 * Checks the jitter, and makes the owner fit for one line.
	 * @throws IllegalArgumentException if the jitter is out of its range
	 */
	public ScheduleOptions {
		if (jitter.isNegative() || jitter.compareTo(MOST_JITTER) > 0) {
			throw new IllegalArgumentException("The jitter of a schedule must be from 0 s to 24 h, but was " + jitter);
		}
		owner = (owner != null) ? Names.printable(owner, MOST_OF_OWNER) : null;
	}

	/**
	 * Reads an overlap.
	 * @param text its name, such as {@code SKIP}; case does not matter
	 * @return the overlap
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public static Overlap overlap(String text) {
		try {
			return Overlap.valueOf(text.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("An overlap is ALLOW, SKIP, QUEUE_ONE or CANCEL_PREVIOUS, but "
					+ Names.quoted(text) + " is none of them", ex);
		}
	}

	/**
	 * The options as stores keep them: a line for each that is not at its default.
	 * @return lines; empty if all are
	 */
	public String text() {
		StringBuilder text = new StringBuilder();
		line(text, "misfire", this.misfire, DEFAULT.misfire);
		line(text, "overlap", this.overlap, DEFAULT.overlap);
		line(text, "jitter", this.jitter, DEFAULT.jitter);
		line(text, "owner", this.owner, DEFAULT.owner);
		return text.toString();
	}

	private static void line(StringBuilder text, String name, @Nullable Object value, @Nullable Object usual) {
		if (value != null && !value.equals(usual)) {
			text.append(name).append('=').append(value).append('\n');
		}
	}

	/**
	 * Reads what {@link #text()} wrote. Lines that a later version wrote are passed over.
	 * @param text lines
	 * @return the options
	 */
	public static ScheduleOptions parse(String text) {
		Map<String, String> lines = new HashMap<>();
		text.lines().forEach((line) -> {
			int end = line.indexOf('=');
			lines.put(line.substring(0, Math.max(end, 0)), line.substring(end + 1));
		});
		return new ScheduleOptions(lines.containsKey("misfire") ? Misfire.parse(lines.get("misfire")) : DEFAULT.misfire,
				lines.containsKey("overlap") ? overlap(lines.get("overlap")) : DEFAULT.overlap,
				lines.containsKey("jitter") ? Duration.parse(lines.get("jitter")) : DEFAULT.jitter, lines.get("owner"));
	}

	/**
	 * The same options with another misfire.
	 * @param value what happens to ticks that are late
	 * @return a copy
	 */
	public ScheduleOptions withMisfire(Misfire value) {
		return new ScheduleOptions(value, this.overlap, this.jitter, this.owner);
	}

	/**
	 * The same options with another overlap.
	 * @param value what a tick does while the job before it has not ended
	 * @return a copy
	 */
	public ScheduleOptions withOverlap(Overlap value) {
		return new ScheduleOptions(this.misfire, value, this.jitter, this.owner);
	}

	/**
	 * The same options with another jitter.
	 * @param value how much later than its tick a job may start, zero to 24 h
	 * @return a copy
	 */
	public ScheduleOptions withJitter(Duration value) {
		return new ScheduleOptions(this.misfire, this.overlap, value, this.owner);
	}

	/**
	 * The same options for another owner.
	 * @param value the application that declares the schedule in its code, or null
	 * @return a copy
	 */
	public ScheduleOptions withOwner(@Nullable String value) {
		return new ScheduleOptions(this.misfire, this.overlap, this.jitter, value);
	}

}
