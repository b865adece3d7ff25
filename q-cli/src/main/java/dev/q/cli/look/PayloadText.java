package dev.q.cli.look;

import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import dev.q.cli.output.Lines;
import dev.q.job.Payload;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * A payload for people: JSON over several lines, other text as it is, and bytes that are
 * no text in hexadecimal digits. Long ones are cut, since a terminal is no place for
 * them.
 */
final class PayloadText {

	private static final int MOST_CHARACTERS = 10_000;

	private static final int MOST_BYTES = 1024;

	private static final int BYTES_A_LINE = 32;

	private PayloadText() {
	}

	static List<String> of(Payload payload) {
		byte[] bytes = payload.toByteArray();
		if (bytes.length == 0) {
			return List.of("(empty)");
		}
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return cut(payload.contentType().contains("json") ? pretty(text) : text);
		}
		catch (CharacterCodingException ex) {
			return hex(bytes);
		}
	}

	private static List<String> cut(String text) {
		if (text.length() <= MOST_CHARACTERS) {
			return Lines.of(text);
		}
		int end = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1)) ? MOST_CHARACTERS - 1 : MOST_CHARACTERS;
		List<String> lines = new ArrayList<>(Lines.of(text.substring(0, end)));
		lines.add("(cut after %d of %d characters; --json shows all)".formatted(end, text.length()));
		return lines;
	}

	/** Token by token, so that no number and no field that comes twice changes. */
	private static String pretty(String json) {
		ObjectWriter writer = JsonMapper.shared().writerWithDefaultPrettyPrinter();
		StringWriter text = new StringWriter();
		try (JsonParser parser = JsonMapper.shared().createParser(json);
				JsonGenerator generator = writer.createGenerator(text)) {
			while (parser.nextToken() != null) {
				generator.copyCurrentEventExact(parser);
			}
		}
		catch (JacksonException ex) {
			// It only says that it is JSON.
			return json;
		}
		return text.toString();
	}

	private static List<String> hex(byte[] bytes) {
		HexFormat format = HexFormat.ofDelimiter(" ");
		int end = Math.min(bytes.length, MOST_BYTES);
		List<String> lines = new ArrayList<>();
		for (int from = 0; from < end; from += BYTES_A_LINE) {
			lines.add(format.formatHex(bytes, from, Math.min(from + BYTES_A_LINE, end)));
		}
		if (end < bytes.length) {
			lines.add("(cut after %d of %d bytes; --json shows all, in base64)".formatted(end, bytes.length));
		}
		return lines;
	}

}
