/**
 * Several stores behind one: each queue is held by one of them, and whoever talks to all
 * of them as one {@link dev.q.store.JobStore} need not know by which.
 *
 * <p>
 * The idea is that an outage of one store is its own. What is asked of several stores is
 * asked of each; what the living ones answer counts, and a store that fails is left alone
 * from then on, until it answers a question of its own that somebody asks it now and
 * then. A lease in such a store is {@link dev.q.store.LeaseAnswer#BUSY}: neither renewed
 * nor lost. A call that goes to several stores for work waits for each of them on a
 * thread beside its own, and no longer than two seconds; so a store that hangs holds up
 * nobody else. Jobs that it hands out after that are given back. What goes to one store
 * alone is asked directly, and fails as that store fails.
 *
 * <pre>
 * claim(mail, reports, bulk)
 *   -> branch "default" (mail)             one look after the other, so that
 *   -> branch "archive" (reports)          the order of the queues holds
 *   -> branch "default" (bulk)
 * renew, settle(leases of several queues)
 *   -> all branches side by side
 * </pre>
 */
@NullMarked
package dev.q.store.routing;

import org.jspecify.annotations.NullMarked;
