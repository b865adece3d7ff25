package dev.q.cli.output;

import java.util.Locale;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON that is harmless on a terminal too.
 */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private Json() {
	}

	static String text(Object value) {
		return harmless(MAPPER.writeValueAsString(value));
	}

	/** The same without a line end. */
	static String line(Object value) {
		return harmless(MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value));
	}

	private static String harmless(String json) {
		StringBuilder text = new StringBuilder(json.length());
		json.chars().forEach((c) -> {
			if (isHarmless((char) c)) {
				text.append((char) c);
			}
			else {
				// Outside of strings there are ASCII characters and line ends only.
				text.append(String.format(Locale.ROOT, "\\u%04x", c));
			}
		});
		return text.toString();
	}

	private static boolean isHarmless(char c) {
		if (c == '\n' || c == '\r') {
			return true;
		}
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
			default -> true;
		};
	}

}
