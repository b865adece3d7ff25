package dev.q.job;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A failure as it is stored: bounded, and free of what no store or terminal can hold.
 *
 * @param type class name of the exception
 * @param message its message, at most 4 KiB characters
 * @param stackTrace its stack trace, at most 8 KiB characters
 * @since 0.1
 */
public record JobError(String type, String message, String stackTrace) {

	private static final int MAX_MESSAGE = 4 * 1024;

	private static final int MAX_STACK_TRACE = 8 * 1024;

	private static final String CUT = " ...";

	/**
	 * Cuts the texts and replaces characters that cannot be stored.
	 */
	public JobError {
		type = storable(type, MAX_MESSAGE);
		message = storable(message, MAX_MESSAGE);
		stackTrace = storable(stackTrace, MAX_STACK_TRACE);
	}

	/**
	 * Takes down a failure.
	 * @param failure what was thrown
	 * @return its record
	 */
	public static JobError of(Throwable failure) {
		return new JobError(failure.getClass().getName(), messageOf(failure), stackTraceOf(failure));
	}

	/**
	 * Takes down a failure that was told rather than thrown.
	 * @param type what kind of failure it is
	 * @param message what went wrong
	 * @return its record
	 */
	public static JobError of(String type, String message) {
		return new JobError(type, message, "");
	}

	/**
	 * The failure without the most of it.
	 * @return a copy without a stack trace
	 */
	public JobError withoutStackTrace() {
		return new JobError(this.type, this.message, "");
	}

	/**
	 * The failure in one line that is fit for a log.
	 * @return type and message, at most 200 characters, with line ends and the like
	 * escaped
	 */
	public String summary() {
		return Names.printable(this.type + ": " + this.message, 200);
	}

	/**
	 * A text of people as it is stored: bounded, and free of what no store or terminal
	 * can hold.
	 * @param text any text
	 * @return at most 4 KiB characters of it
	 */
	public static String reason(String text) {
		return storable(text, MAX_MESSAGE);
	}

	private static String messageOf(Throwable failure) {
		try {
			return Objects.requireNonNullElse(failure.getMessage(), "");
		}
		catch (RuntimeException ex) {
			return "(its message could not be read: " + ex.getClass().getName() + ")";
		}
	}

	private static String stackTraceOf(Throwable failure) {
		try {
			StringWriter text = new StringWriter();
			failure.printStackTrace(new PrintWriter(text));
			return text.toString();
		}
		catch (RuntimeException ex) {
			return "(its stack trace could not be read: " + ex.getClass().getName() + ")";
		}
	}

	private static String storable(@Nullable String text, int limit) {
		if (text == null) {
			return "";
		}
		StringBuilder out = new StringBuilder(Math.min(text.length(), limit));
		text.codePoints().limit(limit).forEach((c) -> out.appendCodePoint(isStorable(c) ? c : '\ufffd'));
		if (out.length() > limit || text.length() > out.length()) {
			out.setLength(Math.max(0, Math.min(out.length(), limit) - CUT.length()));
			return endingWhole(out).append(CUT).toString();
		}
		return out.toString();
	}

	private static boolean isStorable(int c) {
		boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
		return !surrogate && (!Character.isISOControl(c) || c == '\n' || c == '\t' || c == '\r');
	}

	private static StringBuilder endingWhole(StringBuilder text) {
		int last = text.length() - 1;
		if (last >= 0 && Character.isHighSurrogate(text.charAt(last))) {
			text.setLength(last);
		}
		return text;
	}

}
