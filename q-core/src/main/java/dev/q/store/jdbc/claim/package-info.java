/**
 * A claim that takes more than one call of the server.
 *
 * <p>
 * For the store alone. It is public only because the store has more than one package, and
 * may change with every version.
 */
@NullMarked
package dev.q.store.jdbc.claim;

import org.jspecify.annotations.NullMarked;
