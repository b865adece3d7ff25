package dev.q.store.redis.layout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

import dev.q.job.JobId;
import dev.q.store.StoreException;

/**
 * Reads what a {@link ByteWriter} wrote. Not for several threads.
 *
 * @since 0.1
 */
public final class ByteReader {

	private final byte[] bytes;

	private int at;

	/**
	 * Starts at a place.
	 * @param bytes what is read; not copied
	 * @param at where to start
	 */
	public ByteReader(byte[] bytes, int at) {
		this.bytes = bytes;
		this.at = at;
	}

	/**
	 * Whether all has been read.
	 * @return true at the end
	 */
	public boolean isAtEnd() {
		return this.at >= this.bytes.length;
	}

	/**
	 * Reads a number that is not negative, or all 8 bytes of one.
	 * @param length how many bytes it has, 1 to 8
	 * @return the number
	 */
	public long number(int length) {
		int from = skip(length);
		long value = 0;
		for (int i = from; i < from + length; i++) {
			value = (value << 8) | (this.bytes[i] & 0xff);
		}
		return value;
	}

	/**
	 * Reads a span of time.
	 * @return the span
	 */
	public Duration span() {
		return Duration.ofSeconds(number(8), number(4));
	}

	/**
	 * Reads an instant.
	 * @return the instant
	 */
	public Instant instant() {
		return Instant.EPOCH.plus(span());
	}

	/**
	 * Reads a text and its length.
	 * @return the text
	 */
	public String text() {
		int length = (int) number(4);
		return new String(this.bytes, skip(length), length, StandardCharsets.UTF_8);
	}

	/**
	 * Reads an id.
	 * @return the id
	 */
	public JobId id() {
		return new JobId(new UUID(number(8), number(8)));
	}

	/**
	 * Reads bytes as they are.
	 * @param length how many
	 * @return a copy
	 */
	public byte[] raw(int length) {
		int from = skip(length);
		return Arrays.copyOfRange(this.bytes, from, from + length);
	}

	/**
	 * Passes over some bytes.
	 * @param length how many
	 * @return the place of the first of them
	 * @throws StoreException if there are not so many
	 */
	public int skip(int length) {
		int from = this.at;
		if (length < 0 || length > this.bytes.length - from) {
			throw new StoreException(
					"A value in Redis ends after %d bytes, where %d more were to follow. Something else than Q wrote it, or it was cut"
						.formatted(this.bytes.length, length));
		}
		this.at += length;
		return from;
	}

}
