package dev.q.test.postgres;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import dev.q.test.server.Patience;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call on a thread of its own that waits for a lock somebody else holds.
 */
final class LockWait {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private LockWait() {
	}

	/**
	 * Does something, and returns as soon as the server says that it waits.
	 */
	static <T> CompletableFuture<T> of(PostgresTarget target, String schema, Supplier<T> action) {
		CompletableFuture<T> future = CompletableFuture.supplyAsync(action);
		Patience.until("somebody waits for a lock", LIMIT, () -> future.isDone() || isWaiting(target, schema));
		assertThat(future).as("who waits for a lock").isNotDone();
		return future;
	}

	/**
	 * Asks on a connection of its own: in a transaction the answer would never change.
	 */
	private static boolean isWaiting(PostgresTarget target, String schema) {
		String waiting = target.server()
			.value("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and position('%s' in query) > 0"
				.formatted(schema));
		return !"0".equals(waiting);
	}

}
