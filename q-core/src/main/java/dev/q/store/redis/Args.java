package dev.q.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import dev.q.job.JobId;
import dev.q.store.redis.layout.ByteWriter;
import dev.q.store.redis.layout.Millis;

/**
 * Arguments of a script, in their order.
 */
final class Args {

	private static final byte[] EMPTY = new byte[0];

	private final List<byte[]> values = new ArrayList<>();

	Args add(byte[] value) {
		this.values.add(value);
		return this;
	}

	Args add(String value) {
		return add(value.isEmpty() ? EMPTY : value.getBytes(StandardCharsets.UTF_8));
	}

	Args add(long value) {
		return add(Long.toString(value));
	}

	Args add(Duration span) {
		return add(Millis.of(span));
	}

	Args add(JobId id) {
		return add(bytes(id));
	}

	Args addIds(Collection<JobId> ids) {
		ids.forEach(this::add);
		return this;
	}

	byte[][] toArray() {
		return this.values.toArray(byte[][]::new);
	}

	static byte[] bytes(JobId id) {
		return new ByteWriter().id(id).toByteArray();
	}

}
