/**
 * Pages of jobs in the order of their ids, from stores that keep them in no order.
 *
 * <p>
 * An order by id would cost each job dearly, and people turn pages seldom. So a walk
 * looks through all ids once, keeps the next ones in order, and takes one page after the
 * other from those. They are ids alone: each page fetches its jobs as they are by then,
 * so an act that changes the jobs of one page meets none of them again, and none that has
 * moved on since the look. When the ids are used up, and there are more, it looks again.
 *
 * <pre>
 *   look: all ids ---&gt; the next ones, in order ---fetch---&gt; page, page, page
 *                            ^                                        |
 *                            +------------ used up: look again -------+
 * </pre>
 *
 * A job that is there throughout is there at each look, so none is left out: its id is
 * among those kept, or behind the last of them.
 *
 * <p>
 * For stores alone. It is public only because there are several of them, and may change
 * with every version.
 */
@NullMarked
package dev.q.store.walk;

import org.jspecify.annotations.NullMarked;
