package dev.q.engine;

import java.util.concurrent.atomic.AtomicInteger;

import dev.q.loop.EngineThreads;

/**
 * The threads of a group whose handlers do not come back. Each is replaced, and its slot
 * used again, until the worker as a whole has lost too many: from then on a slot is lost
 * with its thread, so that the number of threads stays bounded.
 */
final class AbandonedThreads {

	private final Slots slots;

	private final EngineThreads.Pool pool;

	private final AtomicInteger ofWorker;

	private final int cap;

	private final int threads;

	// Both guarded by this.
	private int replaced;

	private int withheld;

	/**
	 * Makes the count of a group.
	 * @param ofWorker the count of all groups of the worker
	 * @param cap how many threads of the worker are replaced at most
	 */
	AbandonedThreads(Slots slots, EngineThreads.Pool pool, AtomicInteger ofWorker, int cap) {
		this.slots = slots;
		this.pool = pool;
		this.ofWorker = ofWorker;
		this.cap = cap;
		this.threads = slots.size();
	}

	/**
	 * A thread is given up.
	 * @return how many the worker has lost now
	 */
	synchronized int leave() {
		int lost = this.ofWorker.incrementAndGet();
		if (lost <= this.cap) {
			this.replaced++;
			this.pool.resize(this.threads + this.replaced);
			this.slots.give(1);
		}
		else {
			this.withheld++;
			this.slots.retire();
		}
		return lost;
	}

	/**
	 * A thread that was given up has come back.
	 */
	synchronized void comeBack() {
		this.ofWorker.decrementAndGet();
		if (this.withheld > 0) {
			this.withheld--;
			this.slots.restore();
		}
		else {
			this.replaced--;
			this.pool.resize(this.threads + this.replaced);
		}
	}

}
