/**
 * Waiting until further servers have what was stored.
 *
 * <p>
 * For the store alone. It is public only because the store has more than one package, and
 * may change with every version.
 */
@NullMarked
package dev.q.store.jdbc.copies;

import org.jspecify.annotations.NullMarked;
