package dev.q.attempt.turn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Lets so many in at once, the others in the order in which they came. Safe for use by
 * many threads.
 */
final class Turnstile {

	private final ReentrantLock lock = new ReentrantLock();

	// All guarded by the lock.
	private final Deque<Waiter> waiting = new ArrayDeque<>();

	private int free;

	Turnstile(int size) {
		this.free = size;
	}

	@Nullable Turn enter(BooleanSupplier isOver) throws InterruptedException {
		this.lock.lock();
		try {
			// Whoever waits is called as soon as there is room: nobody overtakes.
			if (this.free > 0) {
				this.free--;
				return new Held();
			}
			return await(isOver);
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable Turn await(BooleanSupplier isOver) throws InterruptedException {
		Waiter waiter = new Waiter(this.lock.newCondition());
		this.waiting.addLast(waiter);
		boolean goes = false;
		try {
			while (!waiter.called && !isOver.getAsBoolean()) {
				waiter.condition.await();
			}
			goes = waiter.called && !isOver.getAsBoolean();
			return goes ? new Held() : null;
		}
		finally {
			if (!goes) {
				giveUp(waiter);
			}
		}
	}

	/** A turn that is not taken is the next one's. */
	private void giveUp(Waiter waiter) {
		if (waiter.called) {
			callNext();
		}
		else {
			this.waiting.remove(waiter);
		}
	}

	private void callNext() {
		Waiter next = this.waiting.pollFirst();
		if (next == null) {
			this.free++;
			return;
		}
		next.called = true;
		next.condition.signal();
	}

	void lookAgain() {
		this.lock.lock();
		try {
			this.waiting.forEach((waiter) -> waiter.condition.signal());
		}
		finally {
			this.lock.unlock();
		}
	}

	private void leave() {
		this.lock.lock();
		try {
			callNext();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Somebody who waits. Guarded by the lock.
	 */
	private static final class Waiter {

		private final Condition condition;

		private boolean called;

		Waiter(Condition condition) {
			this.condition = condition;
		}

	}

	/**
	 * Somebody who is in.
	 */
	private final class Held implements Turn {

		private final AtomicBoolean ended = new AtomicBoolean();

		@Override
		public void end() {
			if (this.ended.compareAndSet(false, true)) {
				leave();
			}
		}

	}

}
