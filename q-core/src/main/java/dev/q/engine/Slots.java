package dev.q.engine;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The free places of a worker group. Whoever asks when there are none is called when
 * there is one again; nobody else is.
 */
final class Slots {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition allFree = this.lock.newCondition();

	// Both guarded by the lock.
	private int size;

	private int free;

	// Guarded by the lock: whoever went away with nothing.
	private @Nullable Runnable hungry;

	Slots(int size) {
		this.size = size;
		this.free = size;
	}

	int size() {
		this.lock.lock();
		try {
			return this.size;
		}
		finally {
			this.lock.unlock();
		}
	}

	int taken() {
		this.lock.lock();
		try {
			return this.size - this.free;
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean hasFree() {
		this.lock.lock();
		try {
			return this.free > 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes what is free.
	 * @param onRoom if there was none, called as in {@link #callWhenFree}
	 * @return how many slots were taken
	 */
	int takeAll(Runnable onRoom) {
		int taken = takeAll();
		if (taken == 0) {
			callWhenFree(onRoom);
		}
		return taken;
	}

	/**
	 * Takes what is free.
	 * @return how many slots were taken
	 */
	int takeAll() {
		this.lock.lock();
		try {
			int taken = this.free;
			this.free = 0;
			return taken;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Calls once: now if a slot is free, else as soon as one is.
	 */
	void callWhenFree(Runnable onRoom) {
		if (isFreeOrCalls(onRoom)) {
			onRoom.run();
		}
	}

	void give(int count) {
		Runnable waiting = (count > 0) ? free(count) : null;
		if (waiting != null) {
			waiting.run();
		}
	}

	/**
	 * Waits until all slots are free.
	 * @return false if the time was up first
	 */
	boolean drain(Duration timeout) throws InterruptedException {
		long left = timeout.toNanos();
		this.lock.lock();
		try {
			while (this.free < this.size && left > 0) {
				left = this.allFree.awaitNanos(left);
			}
			return this.free == this.size;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isFreeOrCalls(Runnable onRoom) {
		this.lock.lock();
		try {
			if (this.free == 0) {
				this.hungry = onRoom;
			}
			return this.free > 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes a slot that is in use out of service.
	 */
	void retire() {
		this.lock.lock();
		try {
			this.size--;
			signalIfAllFree();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Puts a slot into service again, free.
	 */
	void restore() {
		this.lock.lock();
		try {
			this.size++;
		}
		finally {
			this.lock.unlock();
		}
		give(1);
	}

	private void signalIfAllFree() {
		if (this.free == this.size) {
			this.allFree.signalAll();
		}
	}

	private @Nullable Runnable free(int count) {
		this.lock.lock();
		try {
			this.free += count;
			signalIfAllFree();
			Runnable waiting = this.hungry;
			this.hungry = null;
			return waiting;
		}
		finally {
			this.lock.unlock();
		}
	}

}
