package dev.q.test.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what only another process knows, with a limit.
 *
 * @since 0.1
 */
public final class Patience {

	private static final long LOOK_AGAIN = Duration.ofMillis(5).toNanos();

	private Patience() {
	}

	/**
	 * Asks until the answer is yes.
	 * @param what what is waited for, for the message
	 * @param limit how long at most
	 * @param holds the question
	 * @throws IllegalStateException if the limit is reached or the thread interrupted
	 */
	public static void until(String what, Duration limit, BooleanSupplier holds) {
		long start = System.nanoTime();
		while (!holds.getAsBoolean()) {
			if (System.nanoTime() - start > limit.toNanos()) {
				throw new IllegalStateException("Waited %s in vain: %s".formatted(limit, what));
			}
			if (Thread.currentThread().isInterrupted()) {
				throw new IllegalStateException("Interrupted while waiting: %s".formatted(what));
			}
			LockSupport.parkNanos(LOOK_AGAIN);
		}
	}

}
