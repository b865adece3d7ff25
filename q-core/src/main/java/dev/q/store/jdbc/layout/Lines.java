package dev.q.store.jdbc.layout;

import java.util.Locale;

/**
 * Text of any kind in one line each, so that people can read it in a table. What a line
 * or a column cannot hold is escaped.
 */
final class Lines {

	private static final int ESCAPED_LENGTH = 4;

	private Lines() {
	}

	/**
	 * Writes a text as one line.
	 * @param text any characters
	 * @return the same without line ends, NUL and halves of surrogate pairs
	 */
	static String escape(String text) {
		StringBuilder out = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\\') {
				out.append("\\\\");
			}
			else if (c < ' ' || isHalf(text, i)) {
				out.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) c));
			}
			else {
				out.append(c);
			}
		}
		return out.toString();
	}

	private static boolean isHalf(String text, int i) {
		char c = text.charAt(i);
		if (Character.isHighSurrogate(c)) {
			return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
		}
		return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
	}

	/**
	 * Reads a line that {@link #escape(String)} wrote.
	 * @param line the line
	 * @return the text
	 */
	static String unescape(String line) {
		if (line.indexOf('\\') < 0) {
			return line;
		}
		StringBuilder out = new StringBuilder(line.length());
		int i = 0;
		while (i < line.length()) {
			char c = line.charAt(i);
			if (c != '\\') {
				out.append(c);
				i++;
			}
			else if (line.charAt(i + 1) == 'u') {
				out.append((char) Integer.parseInt(line, i + 2, i + 2 + ESCAPED_LENGTH, 16));
				i += 2 + ESCAPED_LENGTH;
			}
			else {
				out.append(line.charAt(i + 1));
				i += 2;
			}
		}
		return out.toString();
	}

}
