package dev.q.schedule;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;

import dev.q.job.Due;
import dev.q.job.JobId;

/**
 * One time at which a schedule comes.
 *
 * @param schedule name of the schedule
 * @param at when
 * @since 0.1
 */
public record Tick(String schedule, Instant at) {

	private static final int FOR_COUNTER = 0;

	private static final int FOR_RANDOM = 8;

	private static final int FOR_JITTER = 16;

	/**
	 * The id of its job, which depends on nothing but the schedule and the tick: laid out
	 * as that of any other job, with the tick as its time, and the rest of the SHA-256 of
	 * both.
	 * @return always the same id
	 */
	public JobId id() {
		ByteBuffer hash = hash();
		return JobId.timeOrdered(this.at, (int) hash.getLong(FOR_COUNTER), hash.getLong(FOR_RANDOM));
	}

	/**
	 * When its job is to become ready.
	 * @param jitter how much later than the tick at most
	 * @return a time that depends on the tick alone, from the tick on to as much later
	 */
	public Due due(Duration jitter) {
		if (jitter.isZero()) {
			return Due.NOW;
		}
		long span = jitter.toMillis() + 1;
		return Due.at(this.at.plusMillis(Math.floorMod(hash().getLong(FOR_JITTER), span)));
	}

	private ByteBuffer hash() {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(this.schedule.getBytes(StandardCharsets.UTF_8));
			digest.update(ByteBuffer.allocate(Long.BYTES + 1).putLong(1, this.at.toEpochMilli()).array());
			return ByteBuffer.wrap(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256, but this one has not", ex);
		}
	}

}
