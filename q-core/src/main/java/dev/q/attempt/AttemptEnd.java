package dev.q.attempt;

import java.time.Duration;

import dev.q.job.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The one end of an attempt: that of its handler, one that the engine declares for it, or
 * the commit of a transaction in which it was settled. While such a transaction is open
 * the engine declares nothing: the store could not take it in before the transaction is
 * over.
 */
final class AttemptEnd {

	// Both guarded by this.
	private @Nullable By by;

	/** What was settled in a transaction that is committed or still open. */
	private @Nullable Outcome settled;

	private volatile boolean committed;

	private volatile boolean begun;

	/** What the outcome is due to, if that is a failure and was thrown here. */
	private volatile @Nullable Throwable failure;

	/** By the engine's nanoseconds. */
	private volatile long startedAt;

	/**
	 * The job is given to its handler.
	 * @return false if it must not be, since the attempt has come to its end
	 */
	synchronized boolean begin(long now) {
		this.startedAt = now;
		this.begun = this.by == null;
		return this.begun;
	}

	/**
	 * Whether a handler may have seen the job.
	 */
	boolean hasBegun() {
		return this.begun;
	}

	void failedBy(Throwable thrown) {
		this.failure = thrown;
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

	Duration runTime(long now) {
		return Duration.ofNanos(now - this.startedAt);
	}

	/**
	 * Brings the end about.
	 * @return false if somebody was faster, or must not now
	 */
	synchronized boolean come(By who) {
		boolean first = this.by == null && (who == By.HANDLER || this.settled == null);
		if (first) {
			this.by = who;
		}
		return first;
	}

	synchronized boolean hasCome() {
		return this.by != null;
	}

	synchronized boolean isBy(By who) {
		return this.by == who;
	}

	/**
	 * A settlement goes into a transaction.
	 * @return false if one is in another, or in the same one, already, or if the engine
	 * has ended the attempt
	 */
	synchronized boolean settle(Outcome outcome) {
		boolean first = this.settled == null && (this.by == null || this.by == By.HANDLER);
		if (first) {
			this.settled = outcome;
		}
		return first;
	}

	/**
	 * A settlement in a transaction counts for nothing.
	 */
	synchronized void undo() {
		this.settled = null;
	}

	/**
	 * A settlement in a transaction counts, and ends the attempt if nothing else has.
	 */
	synchronized void commit() {
		this.committed = true;
		if (this.by == null) {
			this.by = By.COMMIT;
		}
	}

	/**
	 * Whether a settlement went into a transaction of which no rollback is known. As long
	 * as that is so, the store may call the lease lost because it was settled.
	 */
	synchronized boolean isSettled() {
		return this.settled != null;
	}

	boolean isCommitted() {
		return this.committed;
	}

	/** Who brought an attempt to its end. */
	enum By {

		HANDLER, ENGINE, TIMEOUT, COMMIT

	}

}
