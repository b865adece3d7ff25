package dev.q.benchmark;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many jobs a store has handed out and settled. Any thread counts, one waits.
 */
final class Tally {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final AtomicLong claimed = new AtomicLong();

	private final AtomicLong claims = new AtomicLong();

	private final AtomicLong settled = new AtomicLong();

	private final AtomicLong calls = new AtomicLong();

	private volatile Goal goal = new Goal(Long.MAX_VALUE, new CountDownLatch(1));

	void addClaimed(int jobs) {
		if (jobs > 0) {
			this.claims.incrementAndGet();
			this.claimed.addAndGet(jobs);
		}
	}

	void addSettled(int jobs) {
		long sum = this.settled.addAndGet(jobs);
		Goal current = this.goal;
		if (sum >= current.settled) {
			current.reached.countDown();
		}
	}

	void addCall() {
		this.calls.incrementAndGet();
	}

	/**
	 * How many calls the store had from workers and from those who enqueue.
	 */
	long calls() {
		return this.calls.get();
	}

	long claimed() {
		return this.claimed.get();
	}

	/**
	 * How many jobs a claim brought that was not in vain.
	 */
	double jobsPerClaim() {
		return (double) claimed() / Math.max(1, this.claims.get());
	}

	long settled() {
		return this.settled.get();
	}

	/**
	 * Waits until so many jobs are settled in all.
	 */
	void awaitSettled(long jobs) throws InterruptedException {
		Goal next = new Goal(jobs, new CountDownLatch(1));
		this.goal = next;
		// Whoever adds reads the goal after that, so one of both sees the other.
		if (settled() < jobs && !next.reached.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
			throw new IllegalStateException(
					"Only %d of %d jobs were settled within %s".formatted(settled(), jobs, PATIENCE));
		}
	}

	/**
	 * How many settled jobs somebody waits for.
	 */
	private record Goal(long settled, CountDownLatch reached) {
	}

}
