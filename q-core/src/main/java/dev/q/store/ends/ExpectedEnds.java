package dev.q.store.ends;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.job.JobId;
import dev.q.ports.EngineClock;

/**
 * Ids of jobs whose end somebody waits for, each for a while.
 */
final class ExpectedEnds {

	/** For so long it is known that somebody waits who says it once. */
	static final Duration LIFE = Duration.ofSeconds(20);

	/** More are not known; whoever waits for others looks. */
	static final int MOST = 100_000;

	private final EngineClock clock;

	private final ReentrantLock lock = new ReentrantLock();

	/** Those that will be forgotten first come first. Guarded by the lock. */
	private final Map<JobId, Expected> expected = new LinkedHashMap<>();

	/** For those who end jobs, and should not wait for a lock. */
	private volatile boolean isEmpty = true;

	ExpectedEnds(EngineClock clock) {
		this.clock = clock;
	}

	boolean isEmpty() {
		return this.isEmpty;
	}

	/**
	 * Adds jobs, or lets them be known for longer.
	 * @param isElsewhere whether it is another process that waits
	 */
	void add(Collection<JobId> ids, boolean isElsewhere) {
		this.lock.lock();
		try {
			long now = this.clock.nanoTime();
			forgetOld(now);
			for (JobId id : ids) {
				Expected before = this.expected.remove(id);
				if (this.expected.size() < MOST) {
					boolean wasElsewhere = before != null && before.isElsewhere();
					this.expected.put(id, new Expected(now + LIFE.toNanos(), isElsewhere || wasElsewhere));
				}
			}
			this.isEmpty = this.expected.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void forgetOld(long now) {
		Iterator<Expected> oldest = this.expected.values().iterator();
		while (oldest.hasNext() && oldest.next().until() - now <= 0) {
			oldest.remove();
		}
	}

	/**
	 * Takes jobs out, so that an end is told once.
	 * @return those that were in, and whether another process waits for them
	 */
	Map<JobId, Boolean> take(Collection<JobId> ids) {
		Map<JobId, Boolean> taken = new LinkedHashMap<>();
		this.lock.lock();
		try {
			forgetOld(this.clock.nanoTime());
			for (JobId id : ids) {
				Expected known = this.expected.remove(id);
				if (known != null) {
					taken.put(id, known.isElsewhere());
				}
			}
			this.isEmpty = this.expected.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
		return taken;
	}

	/**
	 * That somebody waits.
	 *
	 * @param until when that is forgotten
	 * @param isElsewhere whether it is in another process
	 */
	private record Expected(long until, boolean isElsewhere) {
	}

}
