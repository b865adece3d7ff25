package dev.q.codec;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.q.job.Payload;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes and reads JSON with Jackson.
 *
 * <p>
 * Readers are kept for each type of handler, so that a type is looked into once.
 *
 * @since 0.1
 */
public final class JacksonPayloadCodec implements PayloadCodec {

	private static final int MAX_DEPTH = 100;

	private static final int MAX_NUMBER = 1000;

	private static final int MEBIBYTE = 1024 * 1024;

	private static final int MAX_CONTENT_TYPE = 100;

	private final JsonMapper mapper;

	private final ObjectWriter writer;

	private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

	/**
	 * Makes a codec that reads and writes as a mapper does, but for class names in data:
	 * those are refused, also where an annotation asks for them.
	 * @param mapper the mapper; left as it is
	 * @throws IllegalArgumentException if default typing is active in the mapper
	 */
	public JacksonPayloadCodec(JsonMapper mapper) {
		requireNoDefaultTyping(mapper);
		this.mapper = mapper.rebuild()
			.annotationIntrospector(AnnotationIntrospector.pair(new NoClassNames(),
					mapper.deserializationConfig().getAnnotationIntrospector()))
			.enable(DeserializationFeature.WRAP_EXCEPTIONS)
			.build();
		this.writer = this.mapper.writer();
	}

	/**
	 * Makes a codec with Jackson's defaults and with limits for hostile payloads: 100
	 * levels, texts and documents of 1 MiB, numbers of 1000 digits.
	 * @return the codec
	 */
	public static JacksonPayloadCodec standard() {
		return standard(MEBIBYTE);
	}

	/**
	 * Makes a codec with Jackson's defaults and with limits for hostile payloads: 100
	 * levels, texts and documents of a number of bytes, numbers of 1000 digits.
	 * @param maxBytes most bytes that a payload may have to be read, 1 or more
	 * @return the codec
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public static JacksonPayloadCodec standard(int maxBytes) {
		if (maxBytes < 1) {
			throw new IllegalArgumentException("A payload may have at least 1 byte, but was limited to " + maxBytes);
		}
		JsonFactory factory = JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(MAX_DEPTH)
				.maxStringLength(maxBytes)
				.maxNumberLength(MAX_NUMBER)
				.maxDocumentLength(maxBytes)
				.build())
			.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
			.build();
		return new JacksonPayloadCodec(JsonMapper.builder(factory).build());
	}

	@Override
	public Payload encode(@Nullable Object value) {
		if (value == null) {
			return Payload.EMPTY;
		}
		if (value instanceof byte[] bytes) {
			return Payload.octets(bytes);
		}
		return (value instanceof Payload payload) ? payload : write(value);
	}

	@Override
	public @Nullable Object decode(Payload payload, Type type) {
		if (type == Payload.class) {
			return payload;
		}
		if (type == byte[].class) {
			return payload.toByteArray();
		}
		if (payload.equals(Payload.EMPTY)) {
			return nothing(type);
		}
		if (!Payload.JSON.equals(payload.contentType())) {
			throw new PayloadException(
					"A payload of type '%s' cannot be read as %s: only %s can, anything else goes to byte[] or Payload"
						.formatted(printable(payload.contentType()), type.getTypeName(), Payload.JSON));
		}
		return read(payload, type);
	}

	/**
	 * JSON with the fields of all objects in the order of their names, and without white
	 * space. Numbers keep all their digits.
	 */
	@Override
	public Payload canonical(Payload payload) {
		if (!Payload.JSON.equals(payload.contentType()) || payload.size() == 0) {
			return payload;
		}
		try {
			JsonNode tree = this.mapper.reader()
				.with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
				.readTree(payload.newInputStream());
			return Payload.json(this.mapper.writer()
				.without(SerializationFeature.INDENT_OUTPUT)
				.with(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
				.writeValueAsBytes(tree));
		}
		catch (JacksonException ex) {
			throw new PayloadException("A payload of %d bytes cannot be read as JSON: %s".formatted(payload.size(),
					JacksonFailure.describe(ex)));
		}
	}

	private Payload write(Object value) {
		try {
			return Payload.json(this.writer.writeValueAsBytes(value));
		}
		catch (JacksonException ex) {
			throw new PayloadException("A payload of %s cannot be written as JSON: %s"
				.formatted(value.getClass().getTypeName(), JacksonFailure.describe(ex)));
		}
	}

	private @Nullable Object read(Payload payload, Type type) {
		try {
			return reader(type).readValue(payload.newInputStream());
		}
		catch (JacksonException ex) {
			throw new PayloadException("A payload of %d bytes cannot be read as %s: %s".formatted(payload.size(),
					type.getTypeName(), JacksonFailure.describe(ex)));
		}
	}

	private ObjectReader reader(Type type) {
		ObjectReader known = this.readers.get(type);
		return (known != null) ? known
				: this.readers.computeIfAbsent(type, (key) -> this.mapper.readerFor(this.mapper.constructType(key)));
	}

	private static @Nullable Object nothing(Type type) {
		if (type instanceof Class<?> raw && raw.isPrimitive()) {
			throw new PayloadException("A job without a payload cannot give a " + raw
					+ ". Enqueue one, or let the handler take an object");
		}
		return null;
	}

	private static void requireNoDefaultTyping(JsonMapper mapper) {
		boolean reads = mapper.deserializationConfig().getDefaultTyper(mapper.constructType(Object.class)) != null;
		boolean writes = mapper.serializationConfig().getDefaultTyper(mapper.constructType(Object.class)) != null;
		if (reads || writes) {
			throw new IllegalArgumentException(
					"The JsonMapper has default typing active, so stored data could name the classes to be made."
							+ " Give Q a mapper without activateDefaultTyping, for example one of its own");
		}
	}

	/** The content type comes from the store, where anybody may have put it. */
	private static String printable(String contentType) {
		String cut = contentType.substring(0, Math.min(contentType.length(), MAX_CONTENT_TYPE));
		return cut.replaceAll("[^ -~]", "?");
	}

}
