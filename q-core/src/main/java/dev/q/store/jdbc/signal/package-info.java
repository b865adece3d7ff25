/**
 * What workers are told, and by what: those of this process directly, those of others
 * over one connection of each. A signal only shortens a wait, so one that is lost does no
 * harm.
 *
 * <p>
 * For the store alone. It is public only because the store has more than one package, and
 * may change with every version.
 */
@NullMarked
package dev.q.store.jdbc.signal;

import org.jspecify.annotations.NullMarked;
