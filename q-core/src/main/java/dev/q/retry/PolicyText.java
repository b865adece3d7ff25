package dev.q.retry;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A retry policy as users write it: a word, and perhaps arguments in brackets.
 *
 * @param word what comes before the brackets
 * @param arguments what stands in them; empty if there are none
 */
record PolicyText(String word, List<String> arguments) {

	/** Longest text that is looked at. Texts come with stored jobs. */
	private static final int MAX_LENGTH = 256;

	private static final Pattern CALL = Pattern.compile("\\s*([a-z]+)\\s*(?:\\(([^()]*)\\))?\\s*");

	PolicyText {
		arguments = List.copyOf(arguments);
	}

	/**
	 * Takes a text apart.
	 * @param text the text
	 * @return its parts; a word that no policy has if the text has another form
	 */
	static PolicyText of(String text) {
		Matcher call = CALL.matcher((text.length() <= MAX_LENGTH) ? text : "");
		if (!call.matches()) {
			return new PolicyText("", List.of());
		}
		String inner = call.group(2);
		return new PolicyText(call.group(1),
				(inner != null) ? Arrays.stream(inner.split(",", -1)).map(String::strip).toList() : List.of());
	}

	/**
	 * The argument at a place.
	 * @param index counted from 0
	 * @param fallback what counts where there are fewer arguments
	 * @return the argument
	 */
	String argument(int index, String fallback) {
		return (index < this.arguments.size()) ? this.arguments.get(index) : fallback;
	}

	/**
	 * Whether the number of arguments is right.
	 * @param least how many there must be
	 * @param most how many there may be
	 * @return true if so
	 */
	boolean has(int least, int most) {
		return this.arguments.size() >= least && this.arguments.size() <= most;
	}

}
