package dev.q.store.redis.layout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

import dev.q.job.DeliveryMode;
import dev.q.job.Durability;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.Payload;
import dev.q.job.UniqueKey;
import dev.q.store.redis.layout.JobRecord.Draft;
import dev.q.store.redis.layout.JobRecord.Rest;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a {@link JobRecord}: each a tag, the length of its value and its value.
 */
final class RecordFields {

	private static final int TYPE = 1;

	private static final int CONTENT_TYPE = 2;

	private static final int PAYLOAD_VERSION = 3;

	private static final int MAX_ATTEMPTS = 4;

	private static final int LEASE = 5;

	private static final int TIMEOUT = 6;

	private static final int TIME_TO_LIVE = 7;

	private static final int DEADLINE = 8;

	private static final int DELIVERY = 9;

	private static final int DURABILITY = 10;

	private static final int UNIQUE = 11;

	private static final int RETRY = 12;

	private static final int TAG = 13;

	private static final int HEADER = 14;

	private static final int PAYLOAD = 15;

	private static final int WINDOW = 16;

	private final ByteWriter out;

	private RecordFields(ByteWriter out) {
		this.out = out;
	}

	static void write(JobSpec spec, boolean json, ByteWriter out) {
		RecordFields fields = new RecordFields(out);
		Payload payload = spec.payload();
		fields.bytes(TYPE, spec.type().value().getBytes(StandardCharsets.US_ASCII));
		if (!json && !Payload.OCTETS.equals(payload.contentType())) {
			fields.field(CONTENT_TYPE, (value) -> value.text(payload.contentType()));
		}
		if (spec.payloadVersion() != 1) {
			fields.field(PAYLOAD_VERSION, (value) -> value.number(spec.payloadVersion(), 4));
		}
		fields.limits(spec.limits());
		fields.rest(spec);
		fields.bytes(PAYLOAD, payload.toByteArray());
	}

	private void limits(JobLimits limits) {
		if (limits.maxAttempts() != JobLimits.DEFAULT.maxAttempts()) {
			field(MAX_ATTEMPTS, (value) -> value.number(limits.maxAttempts(), 4));
		}
		span(LEASE, limits.lease());
		span(TIMEOUT, limits.timeout());
		span(TIME_TO_LIVE, limits.timeToLive());
		Instant deadline = limits.deadline();
		if (deadline != null) {
			field(DEADLINE, (value) -> value.instant(deadline));
		}
	}

	private void rest(JobSpec spec) {
		if (spec.delivery() != DeliveryMode.AT_LEAST_ONCE) {
			field(DELIVERY, (value) -> value.text(spec.delivery().name()));
		}
		durability(spec.durability());
		UniqueKey unique = spec.unique();
		if (unique != null && unique.conflict() != UniqueKey.Conflict.RETURN_EXISTING) {
			field(UNIQUE, (value) -> value.text(unique.conflict().name()));
		}
		if (unique != null && unique.scope() instanceof UniqueKey.Scope.Window window && !KeyTerms.isExact(window)) {
			span(WINDOW, window.length());
		}
		String retry = spec.retry();
		if (retry != null) {
			field(RETRY, (value) -> value.text(retry));
		}
		new TreeSet<>(spec.tags()).forEach((tag) -> field(TAG, (value) -> value.text(tag)));
		new TreeMap<>(spec.headers()).forEach((name, text) -> field(HEADER, (value) -> value.text(name).text(text)));
	}

	private void durability(Durability durability) {
		if (durability instanceof Durability.Relaxed) {
			field(DURABILITY, (value) -> value.number(0, 4));
		}
		else if (durability instanceof Durability.Replicated replicated) {
			field(DURABILITY, (value) -> value.number(replicated.replicas(), 4).span(replicated.timeout()));
		}
	}

	private void span(int tag, @Nullable Duration span) {
		if (span != null) {
			field(tag, (value) -> value.span(span));
		}
	}

	private void field(int tag, Consumer<ByteWriter> content) {
		ByteWriter value = new ByteWriter();
		content.accept(value);
		bytes(tag, value.toByteArray());
	}

	private void bytes(int tag, byte[] value) {
		this.out.number(tag, 1).number(value.length, 4).raw(value);
	}

	static void read(ByteReader in, Draft draft) {
		while (!in.isAtEnd()) {
			int tag = (int) in.number(1);
			byte[] value = in.raw((int) in.number(4));
			if (tag == PAYLOAD) {
				draft.payload = value;
			}
			else if (tag == TYPE) {
				draft.type = new String(value, StandardCharsets.US_ASCII);
			}
			else {
				read(tag, new ByteReader(value, 0), draft);
			}
		}
	}

	/** Fields of a later version are passed over. */
	private static void read(int tag, ByteReader value, Draft draft) {
		if (tag >= MAX_ATTEMPTS && tag <= DEADLINE) {
			read(tag, value, draft.limits);
		}
		else if ((tag >= RETRY && tag < PAYLOAD) || tag == DELIVERY || tag == DURABILITY) {
			read(tag, value, draft.rest);
		}
		else if (tag == CONTENT_TYPE) {
			draft.contentType = value.text();
		}
		else if (tag == PAYLOAD_VERSION) {
			draft.payloadVersion = (int) value.number(4);
		}
		else if (tag == UNIQUE && draft.unique != null) {
			UniqueKey.Conflict conflict = UniqueKey.Conflict.valueOf(value.text());
			draft.unique = new UniqueKey(draft.unique.value(), draft.unique.scope(), conflict);
		}
		else if (tag == WINDOW && draft.unique != null) {
			UniqueKey.Scope window = new UniqueKey.Scope.Window(value.span());
			draft.unique = new UniqueKey(draft.unique.value(), window, draft.unique.conflict());
		}
	}

	private static void read(int tag, ByteReader value, JobRecord.Limits limits) {
		if (tag == MAX_ATTEMPTS) {
			limits.maxAttempts = (int) value.number(4);
		}
		else if (tag == LEASE) {
			limits.lease = value.span();
		}
		else if (tag == TIMEOUT) {
			limits.timeout = value.span();
		}
		else if (tag == TIME_TO_LIVE) {
			limits.timeToLive = value.span();
		}
		else {
			limits.deadline = value.instant();
		}
	}

	private static void read(int tag, ByteReader value, Rest rest) {
		if (tag == DELIVERY) {
			rest.delivery = DeliveryMode.valueOf(value.text());
		}
		else if (tag == DURABILITY) {
			rest.durability = durability(value);
		}
		else if (tag == RETRY) {
			rest.retry = value.text();
		}
		else if (tag == TAG) {
			rest.tags.add(value.text());
		}
		else {
			rest.headers.put(value.text(), value.text());
		}
	}

	private static Durability durability(ByteReader value) {
		int replicas = (int) value.number(4);
		return (replicas != 0) ? new Durability.Replicated(replicas, value.span()) : Durability.RELAXED;
	}

}
