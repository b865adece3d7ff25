package dev.q.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Every lease that this worker answers for, from its claim until its settlement is
 * applied, so that none lapses while it waits to be settled.
 */
final class InFlight {

	// By token: a worker may hold a new lease of a job while it still runs under a lost
	// one.
	private final ConcurrentMap<String, Execution> executions = new ConcurrentHashMap<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition empty = this.lock.newCondition();

	private volatile boolean awaited;

	void add(Execution execution) {
		this.executions.put(execution.lease().token(), execution);
	}

	void remove(Execution execution) {
		this.executions.remove(execution.lease().token());
		if (this.awaited && this.executions.isEmpty()) {
			announceEmpty();
		}
	}

	Collection<Execution> all() {
		return this.executions.values();
	}

	/**
	 * Waits until there is none.
	 * @return false if the time was up first
	 */
	boolean awaitEmpty(Duration timeout) throws InterruptedException {
		long left = timeout.toNanos();
		this.lock.lock();
		try {
			this.awaited = true;
			while (!this.executions.isEmpty() && left > 0) {
				left = this.empty.awaitNanos(left);
			}
			return this.executions.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void announceEmpty() {
		this.lock.lock();
		try {
			this.empty.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
