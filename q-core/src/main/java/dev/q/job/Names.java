package dev.q.job;

import java.util.Locale;

/**
 * The one rule for names that come from users: 1 to 128 characters of
 * {@code [A-Za-z0-9._-]}. Names never become keys, paths or SQL except as bound values;
 * the rule keeps them readable everywhere all the same. And the one way to show a name,
 * or any other text of a user, that may break the rule.
 *
 * @since 0.1
 */
public final class Names {

	static final int MAX_LENGTH = 128;

	private Names() {
	}

	/**
	 * Checks a name by the rule of all names.
	 * @param kind what it names, for the complaint
	 * @param name the name
	 * @return the same name
	 * @throws IllegalArgumentException if it has not 1 to 128 characters of
	 * {@code [A-Za-z0-9._-]}
	 */
	public static String require(String kind, String name) {
		if (name.isEmpty() || name.length() > MAX_LENGTH) {
			throw new IllegalArgumentException("%s must have 1 to %d characters, but %s has %d".formatted(kind,
					MAX_LENGTH, quoted(name), name.length()));
		}
		for (int i = 0; i < name.length(); i++) {
			if (!isAllowed(name.charAt(i))) {
				throw new IllegalArgumentException(
						"%s may only use letters, digits, '.', '_' and '-' of ASCII, but %s has %s at position %d"
							.formatted(kind, quoted(name), quoted(name.substring(i, i + 1)), i));
			}
		}
		return name;
	}

	private static boolean isAllowed(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_'
				|| c == '-';
	}

	/**
	 * User text for a message: cut, and with everything escaped that could forge a line
	 * of a log or drive a terminal.
	 * @param text any text
	 * @param limit most characters of it to keep
	 * @return one line
	 */
	public static String printable(String text, int limit) {
		StringBuilder out = new StringBuilder();
		text.codePoints().limit(limit).forEach((c) -> {
			if (isPrintable(c)) {
				out.appendCodePoint(c);
			}
			else {
				out.append(String.format(Locale.ROOT, "\\u%04x", c));
			}
		});
		return (text.length() > limit) ? out.append("...").toString() : out.toString();
	}

	/**
	 * User text in quotes, for a message.
	 * @param text any text
	 * @return at most 128 characters of it, fit for one line
	 */
	public static String quoted(String text) {
		return "'" + printable(text, MAX_LENGTH) + "'";
	}

	private static boolean isPrintable(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

}
