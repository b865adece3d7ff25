package dev.q.store.redis.layout;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.q.job.DeadReason;
import dev.q.job.JobError;
import dev.q.job.Payload;
import dev.q.job.StoredResult;
import org.jspecify.annotations.Nullable;

/**
 * What attempts leave behind, as bytes: failures and endings. The first byte of an ending
 * says what it is: {@code V} a result, {@code O} a result that was left out, {@code X}
 * and a letter why the job is dead, {@code C} why it was cancelled.
 *
 * @since 0.1
 */
public final class Remains {

	/** By place: the letter A is the first. Further reasons are added at the end. */
	private static final List<DeadReason> REASONS = List.of(DeadReason.EXHAUSTED, DeadReason.PERMANENT,
			DeadReason.CRASHED, DeadReason.UNDECODABLE, DeadReason.NO_HANDLER, DeadReason.INTERRUPTED, DeadReason.LOST);

	private Remains() {
	}

	/**
	 * Writes a failure.
	 * @param error the failure
	 * @return its bytes
	 */
	public static byte[] encode(JobError error) {
		byte[] type = error.type().getBytes(StandardCharsets.UTF_8);
		return new ByteWriter().number(type.length, 2)
			.raw(type)
			.text(error.message())
			.raw(error.stackTrace().getBytes(StandardCharsets.UTF_8))
			.toByteArray();
	}

	/**
	 * Reads a failure.
	 * @param bytes as written
	 * @return the failure, or null if there are no bytes
	 */
	public static @Nullable JobError error(byte[] bytes) {
		if (bytes.length == 0) {
			return null;
		}
		ByteReader in = new ByteReader(bytes, 0);
		String type = new String(in.raw((int) in.number(2)), StandardCharsets.UTF_8);
		String message = in.text();
		int from = in.skip(0);
		return new JobError(type, message, new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8));
	}

	/**
	 * Writes a result.
	 * @param result the result
	 * @return its bytes; none if there is no result
	 */
	public static byte[] encode(StoredResult result) {
		if (result instanceof StoredResult.Value value) {
			return new ByteWriter().number('V', 1)
				.text(value.payload().contentType())
				.raw(value.payload().toByteArray())
				.toByteArray();
		}
		if (result instanceof StoredResult.Omitted omitted) {
			return new ByteWriter().number('O', 1).raw(omitted.reason().getBytes(StandardCharsets.UTF_8)).toByteArray();
		}
		return new byte[0];
	}

	/**
	 * The letter of a reason.
	 * @param reason why a job is dead
	 * @return a letter, as the scripts write it
	 */
	public static char letterOf(DeadReason reason) {
		return (char) ('A' + REASONS.indexOf(reason));
	}

	/**
	 * Reads a result.
	 * @param ending an ending of whatever kind
	 * @return the result that it holds
	 */
	public static StoredResult result(byte[] ending) {
		if (is('V', ending)) {
			ByteReader in = new ByteReader(ending, 1);
			String contentType = in.text();
			return new StoredResult.Value(Payload.of(contentType, in.raw(ending.length - in.skip(0))));
		}
		return is('O', ending) ? new StoredResult.Omitted(rest(ending)) : StoredResult.NONE;
	}

	/**
	 * Reads why a job is dead.
	 * @param ending an ending of whatever kind
	 * @return the reason, or null if it is none of a dead job
	 */
	public static @Nullable DeadReason deadReason(byte[] ending) {
		return is('X', ending) ? REASONS.get(ending[1] - 'A') : null;
	}

	/**
	 * Reads why a job was cancelled.
	 * @param ending an ending of whatever kind
	 * @return the reason, or null if it is none of a cancelled job
	 */
	public static @Nullable String cancelReason(byte[] ending) {
		return is('C', ending) ? rest(ending) : null;
	}

	private static boolean is(char kind, byte[] ending) {
		return ending.length > 0 && ending[0] == kind;
	}

	private static String rest(byte[] ending) {
		return new String(ending, 1, ending.length - 1, StandardCharsets.UTF_8);
	}

}
