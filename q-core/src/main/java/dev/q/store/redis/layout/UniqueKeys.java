package dev.q.store.redis.layout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Unique keys as bytes. UTF-8 would make one of all texts that no UTF-8 can hold, such as
 * half a surrogate pair, and keys must never meet; those are written as UTF-16 behind a
 * byte that UTF-8 does not have.
 */
final class UniqueKeys {

	private static final byte UTF_16 = (byte) 0xff;

	private UniqueKeys() {
	}

	static byte[] bytes(String key) {
		byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
		if (new String(utf8, StandardCharsets.UTF_8).equals(key)) {
			return utf8;
		}
		ByteBuffer chars = ByteBuffer.allocate(1 + 2 * key.length()).put(UTF_16);
		key.chars().forEach((c) -> chars.putChar((char) c));
		return chars.array();
	}

	static String text(byte[] bytes) {
		if (bytes.length == 0 || bytes[0] != UTF_16) {
			return new String(bytes, StandardCharsets.UTF_8);
		}
		char[] chars = new char[bytes.length / 2];
		ByteBuffer.wrap(bytes, 1, bytes.length - 1).asCharBuffer().get(chars);
		return new String(chars);
	}

}
