package dev.q.store.jdbc;

import java.util.concurrent.locks.ReentrantLock;

import dev.q.ports.EngineClock;

/**
 * What takes long and is not urgent. How often it is done depends on how long it takes,
 * so that it never takes more than a twentieth of the time of one connection.
 */
final class Chore {

	private static final int SHARE = 20;

	private final EngineClock clock;

	/** How long between two runs at least, in nanoseconds. */
	private final long interval;

	private final Runnable work;

	private final ReentrantLock lock = new ReentrantLock();

	private long nextAt;

	Chore(EngineClock clock, long interval, Runnable work) {
		this.clock = clock;
		this.interval = interval;
		this.work = work;
		this.nextAt = clock.nanoTime();
	}

	/** Does the work if it is time to, and nobody else does it. */
	void runIfDue() {
		if (this.lock.tryLock()) {
			try {
				long start = this.clock.nanoTime();
				if (start - this.nextAt >= 0) {
					this.work.run();
					long end = this.clock.nanoTime();
					this.nextAt = end + Math.max(this.interval, SHARE * (end - start));
				}
			}
			finally {
				this.lock.unlock();
			}
		}
	}

}
