package dev.q.handler;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.q.job.Durability;
import dev.q.job.Names;
import dev.q.job.UniqueKey;
import dev.q.retry.DurationText;

/**
 * Options as people write them in annotations and properties, where there is no code to
 * make them.
 *
 * @since 0.1
 */
public final class OptionText {

	private static final Pattern REPLICATED = Pattern.compile("replicated\\(\\s*(\\d{1,9})\\s*,\\s*([^)]+)\\)");

	private static final Pattern WINDOW = Pattern.compile("window\\(([^)]+)\\)");

	private OptionText() {
	}

	/**
	 * Reads how safe a job must be.
	 * @param text {@code standard}, {@code relaxed} or such as {@code replicated(1, 5s)}
	 * @return the level
	 * @throws IllegalArgumentException if the text is none of these; the message quotes
	 * it
	 */
	public static Durability durability(String text) {
		String bare = bare(text);
		Matcher replicated = REPLICATED.matcher(bare);
		if (replicated.matches()) {
			return new Durability.Replicated(Integer.parseInt(replicated.group(1)),
					DurationText.parse(replicated.group(2)));
		}
		return switch (bare) {
			case "standard" -> Durability.STANDARD;
			case "relaxed" -> Durability.RELAXED;
			default -> throw new IllegalArgumentException(
					"A durability is written as standard, relaxed or replicated(1, 5s), with how many copies and how long to wait for them; "
							+ Names.quoted(text) + " is none");
		};
	}

	/**
	 * Reads how long a key is held.
	 * @param text {@code pending}, {@code until-done}, {@code until-success} or such as
	 * {@code window(10m)}
	 * @return the scope
	 * @throws IllegalArgumentException if the text is none of these; the message quotes
	 * it
	 */
	public static UniqueKey.Scope scope(String text) {
		String bare = bare(text);
		Matcher window = WINDOW.matcher(bare);
		if (window.matches()) {
			return new UniqueKey.Scope.Window(DurationText.parse(window.group(1)));
		}
		return switch (bare) {
			case "pending" -> UniqueKey.Scope.PENDING;
			case "until-done" -> UniqueKey.Scope.UNTIL_DONE;
			case "until-success" -> UniqueKey.Scope.UNTIL_SUCCESS;
			default -> throw new IllegalArgumentException(
					"How long jobs are unique is written as pending, until-done, until-success or window(10m); "
							+ Names.quoted(text) + " is none of them");
		};
	}

	private static String bare(String text) {
		return text.strip().toLowerCase(Locale.ROOT);
	}

}
