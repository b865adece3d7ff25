package dev.q.store.redis.layout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import dev.q.job.JobId;
import dev.q.job.Millis;

/**
 * Arguments of a script, in their order. Not for several threads.
 *
 * @since 0.1
 */
public final class Args {

	private static final byte[] EMPTY = new byte[0];

	private final List<byte[]> values = new ArrayList<>();

	/**
	 * Adds bytes as they are.
	 * @param value the bytes
	 * @return these arguments
	 */
	public Args add(byte[] value) {
		this.values.add(value);
		return this;
	}

	/**
	 * Adds a text.
	 * @param value the text
	 * @return these arguments
	 */
	public Args add(String value) {
		return add(value.isEmpty() ? EMPTY : value.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Adds a number.
	 * @param value the number
	 * @return these arguments
	 */
	public Args add(long value) {
		return add(Long.toString(value));
	}

	/**
	 * Adds a span of time, in milliseconds.
	 * @param span the span
	 * @return these arguments
	 */
	public Args add(Duration span) {
		return add(Millis.of(span));
	}

	/**
	 * Adds an id.
	 * @param id the id
	 * @return these arguments
	 */
	public Args add(JobId id) {
		return add(bytes(id));
	}

	/**
	 * Adds ids.
	 * @param ids the ids
	 * @return these arguments
	 */
	public Args addIds(Collection<JobId> ids) {
		ids.forEach(this::add);
		return this;
	}

	/**
	 * All that was added.
	 * @return a new array
	 */
	public byte[][] toArray() {
		return this.values.toArray(byte[][]::new);
	}

	private static byte[] bytes(JobId id) {
		return new ByteWriter().id(id).toByteArray();
	}

}
