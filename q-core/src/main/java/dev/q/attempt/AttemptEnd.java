package dev.q.attempt;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import dev.q.job.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The one end of an attempt: that of its handler, one that the engine declares for it, or
 * the commit of a transaction in which it was settled.
 */
final class AttemptEnd {

	private final AtomicReference<@Nullable By> by = new AtomicReference<>();

	// What was settled in a transaction that is committed or still open.
	private final AtomicReference<@Nullable Outcome> settled = new AtomicReference<>();

	private volatile boolean committed;

	// By the engine's nanoseconds.
	private volatile long startedAt;

	void begin(long now) {
		this.startedAt = now;
	}

	Duration runTime(long now) {
		return Duration.ofNanos(now - this.startedAt);
	}

	/**
	 * Brings the end about.
	 * @return false if somebody was faster
	 */
	boolean come(By who) {
		return this.by.compareAndSet(null, who);
	}

	boolean hasCome() {
		return this.by.get() != null;
	}

	boolean isBy(By who) {
		return this.by.get() == who;
	}

	/**
	 * A settlement goes into a transaction.
	 * @return false if one is in another, or in the same one, already
	 */
	boolean settle(Outcome outcome) {
		return this.settled.compareAndSet(null, outcome);
	}

	/**
	 * A settlement in a transaction counts for nothing.
	 */
	void undo(Outcome outcome) {
		this.settled.compareAndSet(outcome, null);
	}

	/**
	 * A settlement in a transaction counts, and ends the attempt if nothing else has.
	 */
	void commit() {
		this.committed = true;
		come(By.COMMIT);
	}

	/**
	 * Whether a settlement went into a transaction of which no rollback is known. As long
	 * as that is so, the store may call the lease lost because it was settled.
	 */
	boolean isSettled() {
		return this.settled.get() != null;
	}

	boolean isCommitted() {
		return this.committed;
	}

	/** Who brought an attempt to its end. */
	enum By {

		HANDLER, ENGINE, TIMEOUT, COMMIT

	}

}
