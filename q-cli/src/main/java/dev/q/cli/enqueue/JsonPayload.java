package dev.q.cli.enqueue;

import dev.q.job.Payload;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a payload of a JSON text, as an application would store it: without white space.
 * Numbers keep all their digits. What a worker would refuse to read is refused here.
 */
final class JsonPayload {

	private static final int MAX_DEPTH = 100;

	private static final int MAX_NUMBER = 1000;

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(MAX_DEPTH)
				.maxNumberLength(MAX_NUMBER)
				.maxStringLength(Input.LONGEST)
				.build())
			.build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
				DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.build();

	private JsonPayload() {
	}

	/**
	 * Checks and writes it anew.
	 * @throws IllegalArgumentException if it is no JSON; names the place, but nothing of
	 * the payload
	 */
	static Payload of(byte[] text) {
		try {
			JsonNode tree = MAPPER.readTree(text);
			if (tree.isMissingNode()) {
				throw new IllegalArgumentException("an empty text is no JSON");
			}
			return Payload.json(MAPPER.writeValueAsBytes(tree));
		}
		catch (StreamConstraintsException ex) {
			throw new IllegalArgumentException("no worker would read this JSON: " + ex.getOriginalMessage());
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("this is no JSON" + place(ex));
		}
	}

	private static String place(JacksonException failure) {
		TokenStreamLocation location = failure.getLocation();
		if (location == null || location.getLineNr() < 1) {
			return "";
		}
		String line = (location.getLineNr() > 1) ? "line %d, ".formatted(location.getLineNr()) : "";
		return ", see %scolumn %d".formatted(line, location.getColumnNr());
	}

}
