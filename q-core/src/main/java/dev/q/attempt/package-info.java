/**
 * A job in hand: from its lease to its settlement. The second half of the line that
 * {@code dev.q.engine} draws.
 *
 * <p>
 * An {@code Execution} is one attempt on one thread. It comes to one end only, whoever
 * brings it about. {@code HandlerRunner} turns whatever happens into an
 * {@link dev.q.job.Outcome}. The {@code Completer} settles what has gathered while the
 * last batch was being written. {@code LeaseKeeper} renews what runs for long, and
 * {@code Deadlines} sees to it that it comes to an end.
 *
 * <p>
 * A handler may have its job settled in a transaction instead: {@code InTransaction} does
 * that, and {@code HandlerTransactions} is the port to whoever begins and ends them.
 * {@code AttemptEnd} knows whether the commit was the end. What nobody knows is settled
 * again under the same lease, which the store refuses if the commit took place.
 *
 * <p>
 * Of a handler with a limit only so many attempts run at once; the others wait for their
 * turn before they begin, on the thread that they have, see {@code dev.q.attempt.turn}.
 *
 * <p>
 * There are two doors. {@code JobsInHand} serves a worker with threads, many jobs and a
 * completer. {@code CallerAttempts} serves callers who run a job themselves and wait for
 * what becomes of it: {@code SingleSettler} takes the place of the completer.
 *
 * <p>
 * What can go wrong, and what is done:
 * <ul>
 * <li>The store fails: what was to be settled is kept, and stays leased as long as the
 * store can be reached before the lease ends. A caller is told at once.</li>
 * <li>The store is slow: the completer's queue fills, and handlers' threads wait in
 * it.</li>
 * <li>A lease cannot be renewed in time: the handler is told and interrupted, for another
 * worker may take the job over. What it did is recorded if nobody has.</li>
 * <li>A lease is lost: the handler is told and interrupted, and its outcome is dropped,
 * for the job lives elsewhere now.</li>
 * <li>A handler does not end in time: it is told, interrupted, and after a grace its
 * attempt is recorded as failed while it goes on.</li>
 * </ul>
 */
@NullMarked
package dev.q.attempt;

import org.jspecify.annotations.NullMarked;
