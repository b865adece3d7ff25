package dev.q.test;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

import dev.q.codec.PayloadCodec;
import dev.q.codec.PayloadException;
import dev.q.job.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads texts, and nothing else.
 *
 * @since 0.1
 */
public final class TextCodec implements PayloadCodec {

	@Override
	public Payload encode(@Nullable Object value) {
		return (value != null) ? Payload.octets(String.valueOf(value).getBytes(StandardCharsets.UTF_8)) : Payload.EMPTY;
	}

	@Override
	public @Nullable Object decode(Payload payload, Type type) {
		if (type != String.class) {
			throw new PayloadException("A text cannot be read as " + type.getTypeName());
		}
		return new String(payload.toByteArray(), StandardCharsets.UTF_8);
	}

}
