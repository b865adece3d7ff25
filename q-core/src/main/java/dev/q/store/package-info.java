/**
 * The storage SPI: narrow roles that a {@link dev.q.store.JobStore} hands out, and the
 * values they speak in.
 *
 * <p>
 * A store knows nothing of handlers, retries, threads or metrics. It inserts, leases,
 * renews, settles and signals, in batches. Four ideas carry it:
 * <ul>
 * <li><b>The lease is the right to write.</b> A claim hands out a
 * {@link dev.q.store.Lease} with a token that never repeats, not even after the store
 * forgot the claim. Whoever has lost the lease, because it ran out, was revoked or was
 * taken over, changes nothing any more and is told so.</li>
 * <li><b>The outcome is data.</b> Policy is the engine's; a store applies what it is
 * given, one step for each job, under the token.</li>
 * <li><b>The store's clock is the judge.</b> Durations go in; nobody compares a node's
 * clock with a stored time.</li>
 * <li><b>Signals only shorten a wait.</b> A look at the store now and then is the truth;
 * a lost signal costs time, never a job.</li>
 * </ul>
 *
 * <p>
 * What a store must do is written down as tests, in the contract kit of the module
 * {@code q-test}: extend its classes to prove a store of your own.
 */
@NullMarked
package dev.q.store;

import org.jspecify.annotations.NullMarked;
