/**
 * Telling whoever waits for the end of a job that it has ended, whatever the technology
 * of the store.
 *
 * <p>
 * Whoever waits says so to all processes that listen, which keep the id for a while, in
 * memory. A process that ends such a job tells all, after the commit. So an end costs
 * nothing unless somebody waits for a job, and nothing is stored. Whatever is lost on the
 * way is found by a look.
 *
 * <p>
 * For stores alone. It is public only because there are several of them, and may change
 * with every version.
 */
@NullMarked
package dev.q.store.ends;

import org.jspecify.annotations.NullMarked;
