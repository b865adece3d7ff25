package dev.q.store.jdbc.known;

import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Up to where an index that is ordered by time is worked off, so that the next look need
 * not pass over the dead entries before. What comes late, from a transaction that took
 * more than a minute or by a clock that was set back, is found by the look from the
 * beginning that follows now and then.
 *
 * @since 0.1
 */
public final class Mark {

	private static final long MARGIN = 60_000;

	/** How many looks there are until one goes back to the beginning. */
	private static final int PERIOD = 300;

	private final boolean enabled;

	private final ReentrantLock lock = new ReentrantLock();

	private long low;

	private int looks;

	/**
	 * Makes a mark at the beginning.
	 * @param enabled whether it ever moves
	 */
	public Mark(boolean enabled) {
		this.enabled = enabled;
	}

	/**
	 * Begins a look.
	 * @return after which time to look, in milliseconds since 1970
	 */
	public long low() {
		this.lock.lock();
		try {
			this.looks++;
			return (this.looks % PERIOD != 0) ? this.low : 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes down a look.
	 * @param isAll whether all was found that was due
	 * @param now the time of the server before the look
	 */
	public void note(boolean isAll, Instant now) {
		if (isAll && this.enabled) {
			this.lock.lock();
			try {
				this.low = Math.max(0, now.toEpochMilli() - MARGIN);
			}
			finally {
				this.lock.unlock();
			}
		}
	}

}
