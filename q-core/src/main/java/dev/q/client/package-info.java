/**
 * Enqueuing. A request becomes a job in one line of small steps: find its type, lay its
 * options over those of view, handler, queue and application, refuse what cannot be had,
 * encode and measure the payload. Only when all jobs of a call have come that far is the
 * store asked.
 *
 * <p>
 * In a transaction of the caller that the store can join, the jobs are stored in it by
 * the caller's own thread, and listeners hear of them after the commit. With any other
 * transaction they are left with the {@link dev.q.client.CallerTransaction} instead, and
 * stored after its commit.
 *
 * <p>
 * Jobs that are enqueued one by one at the same time share a call of a store that gains
 * by it.
 *
 * <p>
 * The store answers for each group of jobs. What it refuses becomes an exception that
 * names the jobs which are stored and those which are not; no refusal touches a
 * neighbour.
 */
@NullMarked
package dev.q.client;

import org.jspecify.annotations.NullMarked;
