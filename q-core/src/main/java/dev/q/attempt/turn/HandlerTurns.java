package dev.q.attempt.turn;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;

import dev.q.job.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * The turns of all handlers that have a limit. Safe for use by many threads.
 *
 * @since 0.1
 */
public final class HandlerTurns {

	private final ConcurrentMap<TypeName, Turnstile> turnstiles = new ConcurrentHashMap<>();

	/**
	 * Waits until an attempt may run.
	 * @param handler whose attempt it is
	 * @param limit how many may run at once, 1 or more
	 * @param isOver whether there is nothing to wait for any more; asked again after
	 * {@link #lookAgain}
	 * @return the turn, to be ended when the attempt has; null if the wait is over, or if
	 * the thread was interrupted, which it still is then
	 */
	public @Nullable Turn take(TypeName handler, int limit, BooleanSupplier isOver) {
		try {
			return this.turnstiles.computeIfAbsent(handler, (type) -> new Turnstile(limit)).enter(isOver);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	/**
	 * Has all who wait ask whether they still need to.
	 */
	public void lookAgain() {
		this.turnstiles.values().forEach(Turnstile::lookAgain);
	}

}
