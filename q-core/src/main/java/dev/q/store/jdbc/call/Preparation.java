package dev.q.store.jdbc.call;

import java.util.concurrent.locks.ReentrantLock;

import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done once, before all else, and to be tried anew until it succeeds. A
 * try that began while others waited too, and failed, fails for them as well: if each
 * tried by itself, one after another would wait for a server that is away.
 *
 * @since 0.1
 */
public final class Preparation {

	private final Runnable step;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean done;

	/** How many tries began. Changed under the lock. */
	private volatile int tries;

	/** Guarded by the lock. */
	private @Nullable StoreException lastFailure;

	/**
	 * Names what to do.
	 * @param step what to do; throws a {@link StoreException} if it failed
	 */
	public Preparation(Runnable step) {
		this.step = step;
	}

	/**
	 * Does it, unless it has been done.
	 * @throws StoreException if it failed
	 */
	public void require() {
		if (!this.done) {
			int seen = this.tries;
			this.lock.lock();
			try {
				tryUnlessTried(seen);
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private void tryUnlessTried(int seen) {
		if (this.done) {
			return;
		}
		StoreException failure = this.lastFailure;
		if (failure != null && this.tries != seen) {
			throw failure;
		}
		this.tries = seen + 1;
		try {
			this.step.run();
			this.done = true;
		}
		catch (StoreException ex) {
			this.lastFailure = ex;
			throw ex;
		}
	}

}
