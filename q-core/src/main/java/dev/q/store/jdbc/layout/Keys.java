package dev.q.store.jdbc.layout;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import dev.q.job.UniqueKey;
import org.jspecify.annotations.Nullable;

/**
 * Unique keys in their short form: a key may be longer than an index of PostgreSQL takes.
 *
 * @since 0.1
 */
public final class Keys {

	private Keys() {
	}

	/**
	 * The SHA-256 of a key, over its UTF-16 code units, so that no two texts are one.
	 * @param key the key, or null
	 * @return 32 bytes, or null
	 */
	public static byte @Nullable [] hash(@Nullable UniqueKey key) {
		return (key != null) ? sha256(units(key.value())) : null;
	}

	/** An encoder would replace halves of surrogate pairs. */
	private static byte[] units(String text) {
		ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * text.length());
		bytes.asCharBuffer().put(text);
		return bytes.array();
	}

	private static byte[] sha256(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256, but this one has not", ex);
		}
	}

}
