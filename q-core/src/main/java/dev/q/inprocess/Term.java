package dev.q.inprocess;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * The time of a line from a start to the next stop. Whoever ends one, or waits for its
 * end, never touches the next. All under the lock of the line.
 */
final class Term {

	private final TaskBook book;

	private final Condition change;

	private final Duration grace;

	private Phase phase;

	Term(TaskBook book, Condition change, Duration grace, Phase phase) {
		this.book = book;
		this.change = change;
		this.grace = grace;
		this.phase = phase;
	}

	Phase phase() {
		return this.phase;
	}

	/**
	 * Has tasks come to their end, in peace as long as there is time. An interrupt of the
	 * thread that does it means that there is none left.
	 * @param dropped takes what is given up
	 * @return whether the thread was interrupted
	 */
	boolean finish(Duration timeout, StopMode mode, List<TaskId<?>> dropped) {
		this.phase = Phase.STOPPING;
		if (mode != StopMode.FINISH_ALL) {
			dropped.addAll(this.book.dropWaiting());
		}
		if (mode == StopMode.DROP) {
			this.book.interruptOthers();
		}
		try {
			boolean quiet = awaitQuiet(timeout);
			// Though all is quiet, there may be what waits for a task that stops its own
			// queue.
			dropped.addAll(giveUp());
			if (!quiet) {
				awaitQuiet(this.grace);
			}
			return false;
		}
		catch (InterruptedException ex) {
			dropped.addAll(giveUp());
			return true;
		}
	}

	private List<TaskId<?>> giveUp() {
		if (this.phase == Phase.STOPPED) {
			// By another call. What there is now belongs to the next term.
			return new ArrayList<>();
		}
		this.book.interruptOthers();
		return this.book.dropWaiting();
	}

	/**
	 * Waits until nothing runs or waits, or another call has ended the term.
	 * @return false if the time was up first
	 */
	private boolean awaitQuiet(Duration timeout) throws InterruptedException {
		long left = TimeUnit.NANOSECONDS.convert(timeout);
		while (this.phase != Phase.STOPPED && this.book.isBusy()) {
			if (left <= 0) {
				return false;
			}
			left = this.change.awaitNanos(left);
		}
		return true;
	}

	/**
	 * Ends the term for good.
	 */
	void end() {
		this.phase = Phase.STOPPED;
		this.change.signalAll();
	}

	void awaitEnd() throws InterruptedException {
		while (this.phase != Phase.STOPPED) {
			this.change.await();
		}
	}

	/**
	 * How far a term has come.
	 */
	enum Phase {

		OPEN, STOPPING, STOPPED

	}

}
