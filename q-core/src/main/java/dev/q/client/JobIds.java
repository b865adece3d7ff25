package dev.q.client;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

import dev.q.job.JobId;

/**
 * Makes ids that rise, each greater than all that this object made before, whatever the
 * clock does: UUIDs of version 7 with a counter beside the time. Ids of two processes of
 * the same millisecond differ by chance, in 62 bits.
 *
 * <p>
 * Time and counter are one number that only goes up. While the clock stands still or has
 * stepped back, the counter goes on; after 4096 ids it runs over into the time, which is
 * then a little ahead of the clock until that has caught up.
 *
 * <p>
 * Safe for use by many threads, without a lock.
 *
 * @since 0.1
 */
public final class JobIds {

	private static final int COUNTER_BITS = 12;

	private static final int COUNTER_MASK = (1 << COUNTER_BITS) - 1;

	private final InstantSource clock;

	private final RandomGenerator random;

	/** Milliseconds since 1970, and below them the counter. */
	private final AtomicLong last = new AtomicLong();

	/**
	 * Makes a source of ids.
	 * @param clock what time it is
	 * @param random what makes ids of several processes differ; seeded by nothing that
	 * two processes share. Must be safe for use by many threads, as
	 * {@link java.util.Random} and {@link java.security.SecureRandom} are
	 */
	public JobIds(InstantSource clock, RandomGenerator random) {
		this.clock = clock;
		this.random = random;
	}

	/**
	 * Makes an id.
	 * @return an id that is greater than all before it
	 */
	public JobId next() {
		long position = this.last.accumulateAndGet(this.clock.millis() << COUNTER_BITS, JobIds::after);
		return JobId.timeOrdered(Instant.ofEpochMilli(position >>> COUNTER_BITS), (int) (position & COUNTER_MASK),
				this.random.nextLong());
	}

	private static long after(long last, long now) {
		return Math.max(last + 1, now);
	}

}
