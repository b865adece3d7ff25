package dev.q.store.redis.layout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

import dev.q.job.JobId;

/**
 * Puts values one behind the other. Numbers are big-endian, so that they sort as bytes.
 * Not for several threads.
 *
 * @since 0.1
 */
public final class ByteWriter {

	private byte[] bytes = new byte[256];

	private int size;

	/**
	 * Adds the low bytes of a number.
	 * @param value the number
	 * @param length how many bytes of it, 1 to 8
	 * @return this writer
	 */
	public ByteWriter number(long value, int length) {
		int at = grow(length);
		for (int i = length - 1; i >= 0; i--) {
			this.bytes[at++] = (byte) (value >>> (8 * i));
		}
		return this;
	}

	/**
	 * Adds a span of time.
	 * @param span the span
	 * @return this writer
	 */
	public ByteWriter span(Duration span) {
		return number(span.getSeconds(), 8).number(span.getNano(), 4);
	}

	/**
	 * Adds an instant.
	 * @param instant the instant
	 * @return this writer
	 */
	public ByteWriter instant(Instant instant) {
		return span(Duration.between(Instant.EPOCH, instant));
	}

	/**
	 * Adds a text and its length, for a {@link ByteReader}.
	 * @param text the text
	 * @return this writer
	 */
	public ByteWriter text(String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		return number(utf8.length, 4).raw(utf8);
	}

	/**
	 * Adds the bytes of an id.
	 * @param id the id
	 * @return this writer
	 */
	public ByteWriter id(JobId id) {
		return number(id.value().getMostSignificantBits(), 8).number(id.value().getLeastSignificantBits(), 8);
	}

	/**
	 * Adds bytes as they are.
	 * @param more the bytes
	 * @return this writer
	 */
	public ByteWriter raw(byte[] more) {
		int at = grow(more.length);
		System.arraycopy(more, 0, this.bytes, at, more.length);
		return this;
	}

	/**
	 * All that was added.
	 * @return a new array
	 */
	public byte[] toByteArray() {
		return Arrays.copyOf(this.bytes, this.size);
	}

	private int grow(int length) {
		int at = this.size;
		this.size += length;
		if (this.size > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.size, 2 * this.bytes.length));
		}
		return at;
	}

}
