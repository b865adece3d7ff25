package dev.q.store.redis.layout;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.q.job.DeliveryMode;
import dev.q.job.Durability;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.Millis;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.job.UniqueKey;
import org.jspecify.annotations.Nullable;

/**
 * What a job is, as bytes that never change:
 *
 * <pre>
 * created 6 | sequence 6 |                                     written by the server
 * flags 1 | priority 1 | max crashes 4 | lease in ms 4 |
 * [key: length 2, bytes, [window in ms 6]] |
 * fields: tag 1, length 4, bytes                               written by the client
 * </pre>
 *
 * Scripts read the head. Fields are written if they differ from their default, and a
 * reader passes over those that it does not know.
 *
 * @param createdAt when the job was stored
 * @param spec what it is
 * @since 0.1
 */
public record JobRecord(Instant createdAt, JobSpec spec) {

	private static final int IS_JSON = 2;

	private static final int STARTS_ONCE = 64;

	/** What the server writes before the client's part. */
	static final int SERVER_HEAD = 12;

	/**
	 * Writes the client's part.
	 * @param spec the job
	 * @return its bytes
	 */
	public static byte[] encode(JobSpec spec) {
		ByteWriter out = new ByteWriter();
		UniqueKey unique = spec.unique();
		boolean json = Payload.JSON.equals(spec.payload().contentType());
		Duration lease = spec.limits().lease();
		boolean once = spec.delivery() == DeliveryMode.AT_MOST_ONCE;
		out.number(((unique != null) ? KeyTerms.flags(unique) : 0) | (json ? IS_JSON : 0) | (once ? STARTS_ONCE : 0), 1)
			.number('0' + spec.priority(), 1)
			.number(spec.limits().maxCrashes(), 4)
			.number((lease != null) ? Millis.of(lease) : 0, 4);
		if (unique != null) {
			byte[] key = UniqueKeys.bytes(unique.value());
			out.number(key.length, 2).raw(key);
			if (unique.scope() instanceof UniqueKey.Scope.Window window) {
				out.number(KeyTerms.millis(window), 6);
			}
		}
		RecordFields.write(spec, json, out);
		return out.toByteArray();
	}

	/**
	 * Reads a whole record.
	 * @param queue where it was found
	 * @param bytes both parts
	 * @return what it says
	 */
	public static JobRecord decode(QueueName queue, byte[] bytes) {
		ByteReader in = new ByteReader(bytes, 0);
		Instant createdAt = Instant.ofEpochMilli(in.number(6));
		in.skip(SERVER_HEAD - 6);
		return new JobRecord(createdAt, decode(queue, in));
	}

	/**
	 * Reads a client's part alone.
	 * @param queue where it was found
	 * @param in stands at its beginning
	 * @return the job
	 */
	public static JobSpec decode(QueueName queue, ByteReader in) {
		int flags = (int) in.number(1);
		Draft draft = new Draft((flags & IS_JSON) != 0, (int) in.number(1) - '0', (int) in.number(4));
		in.skip(4);
		if ((flags & KeyTerms.HAS_KEY) != 0) {
			draft.unique = KeyTerms.read(flags, in);
		}
		RecordFields.read(in, draft);
		return draft.spec(queue);
	}

	/**
	 * A spec that is being read: every part at its default until a field says otherwise.
	 */
	static final class Draft {

		String contentType;

		String type = "";

		int payloadVersion = 1;

		byte[] payload = new byte[0];

		final int priority;

		final Limits limits;

		@Nullable UniqueKey unique;

		final Rest rest = new Rest();

		Draft(boolean json, int priority, int maxCrashes) {
			this.contentType = json ? Payload.JSON : Payload.OCTETS;
			this.priority = priority;
			this.limits = new Limits(maxCrashes);
		}

		JobSpec spec(QueueName queue) {
			return new JobSpec(queue, new TypeName(this.type), this.payloadVersion,
					Payload.of(this.contentType, this.payload), this.priority, this.limits.toLimits(),
					this.rest.delivery, this.rest.durability, this.unique, this.rest.retry, this.rest.tags,
					this.rest.headers);
		}

	}

	/**
	 * The limits of a spec that is being read.
	 */
	static final class Limits {

		final int maxCrashes;

		int maxAttempts = JobLimits.DEFAULT.maxAttempts();

		@Nullable Duration lease;

		@Nullable Duration timeout;

		@Nullable Duration timeToLive;

		@Nullable Instant deadline;

		Limits(int maxCrashes) {
			this.maxCrashes = maxCrashes;
		}

		JobLimits toLimits() {
			return new JobLimits(this.maxAttempts, this.maxCrashes, this.lease, this.timeout, this.timeToLive,
					this.deadline);
		}

	}

	/**
	 * What few jobs have.
	 */
	static final class Rest {

		DeliveryMode delivery = DeliveryMode.AT_LEAST_ONCE;

		Durability durability = Durability.STANDARD;

		@Nullable String retry;

		final Set<String> tags = new HashSet<>();

		final Map<String, String> headers = new HashMap<>();

	}

}
