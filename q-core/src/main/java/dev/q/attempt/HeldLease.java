package dev.q.attempt;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.q.store.Lease;

/**
 * A lease as far as this worker knows. It is trusted from the moment when its claim or
 * its last renewal was sent, less a margin for clocks that run apart: after that, nobody
 * here can tell whether another worker holds the job. All times are the engine's
 * nanoseconds.
 */
final class HeldLease {

	private static final int RENEWALS_PER_LEASE = 3;

	/** One part in so many is the margin. */
	private static final int MARGIN = 10;

	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private final Lease lease;

	private volatile long confirmedAt;

	// Not to be renewed before that.
	private volatile long renewableAt;

	// How often somebody said that it was taken away.
	private volatile int signals;

	// How many of those the store has answered. While it is fewer: ask at once.
	private volatile int answeredSignals;

	private volatile boolean letGo;

	private volatile Standing standing = Standing.TRUSTED;

	HeldLease(Lease lease, long claimSentAt) {
		this.lease = lease;
		this.confirmedAt = claimSentAt;
		this.renewableAt = claimSentAt;
	}

	Lease lease() {
		return this.lease;
	}

	long untilRenewal(long now) {
		long untilUsual = (this.answeredSignals != this.signals) ? 0
				: this.confirmedAt + length() / RENEWALS_PER_LEASE - now;
		return Math.max(untilUsual, this.renewableAt - now);
	}

	long untilDoubt(long now) {
		return this.confirmedAt + length() - length() / MARGIN - now;
	}

	/**
	 * Takes note of an answer of the store.
	 * @param sentAt when it was asked
	 * @param heard how many signals there had been by then. It need not know of those
	 * that came since
	 */
	void renewed(long sentAt, int heard) {
		this.answeredSignals = heard;
		this.confirmedAt = sentAt;
	}

	/**
	 * Asks again after a moment, since the store of the lease did not answer.
	 */
	void postponed(long sentAt) {
		this.renewableAt = sentAt + Math.min(length() / MARGIN, LONGEST_PAUSE);
	}

	synchronized void suspect() {
		this.signals++;
	}

	/**
	 * How often somebody said that it was taken away.
	 */
	int signals() {
		return this.signals;
	}

	/**
	 * Lets the lease run out.
	 */
	void letGo() {
		this.letGo = true;
	}

	/**
	 * Whether the lease was let go and is over.
	 */
	boolean hasRunOut(long now) {
		return this.letGo && this.confirmedAt + length() - now <= 0;
	}

	/**
	 * Whether the lease is to be kept up.
	 */
	boolean isKept() {
		return !this.letGo && !isLost();
	}

	/**
	 * Takes the job for lost. The store has the last word: if nobody else has it yet, it
	 * is renewed and settled as before.
	 * @return false if that, or worse, was known before
	 */
	synchronized boolean doubt() {
		boolean first = this.standing == Standing.TRUSTED;
		this.standing = first ? Standing.IN_DOUBT : this.standing;
		return first;
	}

	/**
	 * Accepts that the job is somebody else's.
	 * @return false if that was known before
	 */
	synchronized boolean lose() {
		boolean first = this.standing != Standing.LOST;
		this.standing = Standing.LOST;
		return first;
	}

	boolean isTrusted() {
		return this.standing == Standing.TRUSTED;
	}

	boolean isLost() {
		return this.standing == Standing.LOST;
	}

	Duration duration() {
		return this.lease.length();
	}

	private long length() {
		return this.lease.length().toNanos();
	}

	private enum Standing {

		TRUSTED, IN_DOUBT, LOST

	}

}
