/**
 * What this process knows of the server, so that it need not look: up to where nothing
 * can be left, and which queues were full a moment ago.
 *
 * <p>
 * Whatever is known may be forgotten at any time; then more is looked at, and nothing
 * else changes. For the store alone. It is public only because the store has more than
 * one package, and may change with every version.
 */
@NullMarked
package dev.q.store.jdbc.known;

import org.jspecify.annotations.NullMarked;
