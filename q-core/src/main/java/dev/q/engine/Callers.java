package dev.q.engine;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.QueueClosedException;

/**
 * The threads of others that work here at the moment: lets them in, wakes those that wait
 * for jobs, and sees the last of them off.
 */
final class Callers {

	private final String queue;

	// Guards all that follows.
	private final ReentrantLock lock = new ReentrantLock();

	private final Condition heard = this.lock.newCondition();

	private final Condition left = this.lock.newCondition();

	private final Set<Thread> inside = new HashSet<>();

	private long signals;

	private boolean closed;

	Callers(String queue) {
		this.queue = queue;
	}

	/**
	 * Lets the calling thread in.
	 * @return false if it was in already: a handler works another job meanwhile
	 */
	boolean enter() {
		this.lock.lock();
		try {
			requireOpen();
			return this.inside.add(Thread.currentThread());
		}
		finally {
			this.lock.unlock();
		}
	}

	void leave() {
		this.lock.lock();
		try {
			this.inside.remove(Thread.currentThread());
			this.left.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wakes those that wait for jobs.
	 * @return false if nobody is in here who could take one
	 */
	boolean signal() {
		this.lock.lock();
		try {
			this.signals++;
			this.heard.signalAll();
			return !this.inside.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * How many signals there were. To be asked before a look at the store, so that none
	 * is missed between the look and the wait.
	 */
	long signals() {
		this.lock.lock();
		try {
			return this.signals;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for a signal after those that were counted, or until the time is up.
	 */
	void awaitSignal(long counted, long nanos) throws InterruptedException {
		long rest = nanos;
		this.lock.lock();
		try {
			while (!this.closed && this.signals == counted && rest > 0) {
				rest = this.heard.awaitNanos(rest);
			}
			requireOpen();
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isClosed() {
		this.lock.lock();
		try {
			return this.closed;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets nobody in any more, and sends those away who wait.
	 */
	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.heard.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until all others have left.
	 * @return false if the time was up first
	 */
	boolean awaitLeft(Duration timeout) throws InterruptedException {
		long rest = TimeUnit.NANOSECONDS.convert(timeout);
		this.lock.lock();
		try {
			while (hasOthers() && rest > 0) {
				rest = this.left.awaitNanos(rest);
			}
			return !hasOthers();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean hasOthers() {
		return this.inside.size() > (this.inside.contains(Thread.currentThread()) ? 1 : 0);
	}

	private void requireOpen() {
		if (this.closed) {
			throw new QueueClosedException("Queue %s was closed here. Build another one".formatted(this.queue));
		}
	}

}
