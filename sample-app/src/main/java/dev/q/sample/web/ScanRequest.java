package dev.q.sample.web;

import java.io.InputStream;

import dev.q.job.Names;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is to be scanned.
 *
 * @param path a folder, relative to the root of all scans
 */
record ScanRequest(String path) {

	private static final int LIMIT = 16 * 1024;

	/**
	 * Strict, unlike the application's own mapper: that one reads the payloads of jobs,
	 * and a payload may come from a newer version of the application.
	 */
	private static final ObjectReader READER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxDocumentLength(LIMIT).build())
			.build())
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build()
		.readerFor(ScanRequest.class);

	static ScanRequest read(InputStream body) {
		try {
			ScanRequest request = READER.readValue(body);
			if (request != null && request.path() != null) {
				return request;
			}
			throw Problem.badRequest("The body names no path. " + remedy());
		}
		catch (UnrecognizedPropertyException ex) {
			throw Problem.badRequest("The body has a field %s, which is not known. %s"
				.formatted(Names.quoted(ex.getPropertyName()), remedy()));
		}
		catch (JacksonException ex) {
			throw Problem.badRequest("The body cannot be read. " + remedy());
		}
	}

	private static String remedy() {
		return "Send a JSON object such as {\"path\": \"docs\"}, of at most %d bytes".formatted(LIMIT);
	}

}
