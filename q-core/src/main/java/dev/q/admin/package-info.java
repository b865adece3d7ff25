/**
 * Steering jobs and queues by hand: one at a time by id, or many by filter.
 *
 * <p>
 * What is done by filter is done in pieces. A piece is one page of a search and one call
 * for the jobs on it, so neither the store nor a lock is held for long, and whatever
 * stops it, the report says how far it came and where to go on. The search goes by id, so
 * what is done to the jobs of a page does not move those of the next.
 */
@NullMarked
package dev.q.admin;

import org.jspecify.annotations.NullMarked;
