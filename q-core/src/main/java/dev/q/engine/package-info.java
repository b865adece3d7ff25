/**
 * The worker: a line of small objects along which a job walks once.
 *
 * <pre>
 * Fetcher -> Dispatcher -> Execution (HandlerRunner) -> Completer
 * </pre>
 *
 * The {@code Fetcher} takes free slots and claims as many jobs. The {@code Dispatcher}
 * puts each on a thread: a job in hand is a job running. {@code HandlerRunner} turns
 * whatever happens into an {@link dev.q.job.Outcome}. The {@code Completer} settles what
 * has gathered while the last batch was being written. Nobody calls back up the line.
 *
 * <p>
 * Beside the line, {@code LeaseKeeper} renews what runs for long, {@code Signals} turns
 * hints of the store into wake-ups, and {@code Upkeep} keeps the store in order and this
 * worker in the register. Each is a step that a {@link dev.q.loop.Loop} repeats; a test
 * calls the steps itself, with a clock that it moves.
 *
 * <p>
 * What can go wrong, and what is done:
 * <ul>
 * <li>The store fails: the loop pauses and tries again, for ever. What was to be settled
 * is kept and stays leased as long as the store can be reached before the lease
 * ends.</li>
 * <li>A lease is lost: the handler is told and interrupted, and its outcome is dropped,
 * for the job lives elsewhere now.</li>
 * <li>The store is slow: the completer's queue fills, handlers' threads wait in it, no
 * slot comes free and nothing more is claimed.</li>
 * <li>The process dies: its leases run out, and another worker takes the jobs over.</li>
 * </ul>
 */
@NullMarked
package dev.q.engine;

import org.jspecify.annotations.NullMarked;
