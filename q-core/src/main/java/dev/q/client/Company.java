package dev.q.client;

import java.util.concurrent.TimeUnit;

import dev.q.job.Durability;
import dev.q.ports.EngineClock;
import org.jspecify.annotations.Nullable;

/**
 * Who enqueues at the moment, as far as the last write tells: those whose jobs it stored,
 * and those who waited for its end. A write that begins before they are back costs almost
 * as much as one for all, so it pays to wait for them a little: the fifth part of what
 * the last write took, from its end. Who does not come back costs the others that much
 * and no more.
 *
 * <p>
 * Not safe for use by several threads.
 */
final class Company {

	/** A server that hangs for seconds is no reason to wait for seconds. */
	private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(1);

	private static final int SHARE = 5;

	private final EngineClock clock;

	private @Nullable Durability durability;

	private int size;

	private long begunAt;

	private long until;

	Company(EngineClock clock) {
		this.clock = clock;
	}

	/** A write begins. */
	void noteBegin() {
		this.begunAt = this.clock.nanoTime();
	}

	/**
	 * A write has ended.
	 * @param durability of its jobs
	 * @param callers how many had part in it or waited for it
	 */
	void noteEnd(Durability durability, int callers) {
		long now = this.clock.nanoTime();
		this.durability = durability;
		this.size = callers;
		this.until = now + Math.min(LONGEST, (now - this.begunAt) / SHARE);
	}

	/**
	 * How long the next write may wait.
	 * @param durability of its jobs
	 * @return nanoseconds; zero or less if it should not
	 */
	long patience(Durability durability) {
		return (this.size > 1 && durability.equals(this.durability)) ? this.until - this.clock.nanoTime() : 0;
	}

	/** How many are expected. */
	int size() {
		return this.size;
	}

}
