package dev.q.engine;

import java.util.ArrayDeque;
import java.util.Deque;
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

	private final OfWorker worker;

	private final int threads;

	// Guarded by the worker's. Less than zero for a moment when a thread that is given up
	// comes back before it is counted.
	private int replaced;

	/**
	 * Makes the count of a group.
	 * @param worker the count of all groups of the worker
	 */
	AbandonedThreads(Slots slots, EngineThreads.Pool pool, OfWorker worker) {
		this.slots = slots;
		this.pool = pool;
		this.worker = worker;
		this.threads = slots.size();
	}

	/**
	 * A thread is given up.
	 * @return how many the worker has lost now
	 */
	int leave() {
		synchronized (this.worker) {
			int lost = this.worker.lost.incrementAndGet();
			if (lost <= this.worker.cap) {
				replace(1);
				this.slots.give(1);
			}
			else {
				this.worker.withheld.add(this);
				this.slots.retire();
			}
			return lost;
		}
	}

	/**
	 * A thread that was given up has come back. There is room for a slot that is
	 * withheld, in this group or else in another one.
	 */
	void comeBack() {
		synchronized (this.worker) {
			this.worker.lost.decrementAndGet();
			if (this.worker.withheld.remove(this)) {
				this.slots.restore();
				return;
			}
			replace(-1);
			AbandonedThreads other = this.worker.withheld.poll();
			if (other != null) {
				other.replace(1);
				other.slots.restore();
			}
		}
	}

	private void replace(int more) {
		this.replaced += more;
		this.pool.resize(this.threads + Math.max(this.replaced, 0));
	}

	/**
	 * The threads that all groups of a worker have lost.
	 */
	static final class OfWorker {

		private final AtomicInteger lost;

		private final int cap;

		// Guarded by this: the groups of the slots that are withheld, one for each.
		private final Deque<AbandonedThreads> withheld = new ArrayDeque<>();

		/**
		 * Makes the count.
		 * @param lost how many there are, for all to see
		 * @param cap how many are replaced at most
		 */
		OfWorker(AtomicInteger lost, int cap) {
			this.lost = lost;
			this.cap = cap;
		}

	}

}
