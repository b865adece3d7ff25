package dev.q.store.routing;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Who runs errands to stores, and how long they are waited for.
 *
 * @param threads run calls that another thread waits for
 * @param patience how long a store may keep those waiting who want something of others
 * too
 */
record Messengers(Executor threads, Duration patience) {
}
