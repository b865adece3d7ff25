package dev.q.codec;

import java.lang.reflect.Type;

import dev.q.job.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Writes payloads and reads them. Must be safe for use by many threads.
 *
 * @since 0.1
 */
public interface PayloadCodec {

	/**
	 * Writes a value.
	 * @param value what to write: null becomes {@link Payload#EMPTY}, a {@code byte[]} is
	 * taken unchanged, and a {@link Payload} is taken as it is
	 * @return the payload
	 * @throws PayloadException if the value cannot be written
	 */
	Payload encode(@Nullable Object value);

	/**
	 * Reads a payload. A {@link Payload} is given as it is and a {@code byte[]} gets the
	 * bytes, whatever their content type; anything else is read by its content type.
	 * @param payload what to read
	 * @param type what to make of it
	 * @return the value, or null if the payload is empty
	 * @throws PayloadException if the payload cannot be read as that type: it does not
	 * fit, it is empty and the type is primitive, or its content type is not known
	 */
	@Nullable Object decode(Payload payload, Type type);

	/**
	 * The one form of all payloads that say the same, by which jobs of equal payload are
	 * known.
	 * @param payload what this codec has written, or was given as it is
	 * @return the payload in that form; as it is, unless a codec knows better
	 * @throws PayloadException if the payload cannot be read
	 */
	default Payload canonical(Payload payload) {
		return payload;
	}

}
