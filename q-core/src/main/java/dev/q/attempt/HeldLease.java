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

	// Somebody said that it was taken away: ask at once.
	private volatile boolean suspect;

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
		return this.suspect ? 0
				: Math.max(this.confirmedAt + length() / RENEWALS_PER_LEASE - now, this.renewableAt - now);
	}

	long untilDoubt(long now) {
		return this.confirmedAt + length() - length() / MARGIN - now;
	}

	void renewed(long sentAt) {
		this.suspect = false;
		this.confirmedAt = sentAt;
	}

	/**
	 * Asks again after a moment, since the store of the lease did not answer.
	 */
	void postponed(long sentAt) {
		this.suspect = false;
		this.renewableAt = sentAt + Math.min(length() / MARGIN, LONGEST_PAUSE);
	}

	void suspect() {
		this.suspect = true;
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
