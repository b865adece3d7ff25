/**
 * How the PostgreSQL store writes jobs and leases down, and reads them.
 *
 * <p>
 * For the store alone. It is public only because the store has more than one package, and
 * may change with every version.
 */
@NullMarked
package dev.q.store.jdbc.layout;

import org.jspecify.annotations.NullMarked;
