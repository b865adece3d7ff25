/**
 * How a function of the server is called: what is sent, what has to be done before, and
 * how the rows of the answer are read.
 *
 * <p>
 * For the store alone. It is public only because the store has more than one package, and
 * may change with every version.
 */
@NullMarked
package dev.q.store.jdbc.call;

import org.jspecify.annotations.NullMarked;
