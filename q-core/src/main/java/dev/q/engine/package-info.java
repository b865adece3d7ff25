/**
 * The worker: a line of small objects along which a job walks once.
 *
 * <pre>
 * Fetcher -> Dispatcher -> Execution (HandlerRunner) -> Completer
 * '----- here -----'       '---------- dev.q.attempt ----------'
 * </pre>
 *
 * The {@code Fetcher} takes free slots and claims as many jobs. The {@code Dispatcher}
 * takes each in hand and puts it on a thread: a job in hand is a job running. What
 * happens to it from there until it is settled is told in {@link dev.q.attempt}; its slot
 * is free only after that. Nobody calls back up the line.
 *
 * <p>
 * Beside the line, {@code Signals} turns hints of the store into wake-ups, {@code Upkeep}
 * keeps the store in order and this worker in the register, {@code Timekeeper} fires
 * schedules, and {@code HealthCheck} looks after them all. Each is a step that a
 * {@link dev.q.loop.Loop} repeats; a test calls the steps itself, with a clock that it
 * moves. {@code CallerThreadWorker} is the line without threads of its own: whoever calls
 * it runs the job.
 *
 * <p>
 * What can go wrong, and what is done:
 * <ul>
 * <li>The store fails: the loop pauses and tries again, for ever.</li>
 * <li>The store is slow: handlers' threads wait until their outcomes are taken in, no
 * slot comes free and nothing more is claimed.</li>
 * <li>There is no thread for a job: it is handed back, and the group pauses.</li>
 * <li>A handler does not come back: its thread is replaced and its slot used again, until
 * too many hang. From then on a slot is lost with its thread.</li>
 * <li>A part of the worker dies or hangs: its health says so.</li>
 * <li>The process dies: its leases run out, and another worker takes the jobs over.</li>
 * </ul>
 */
@NullMarked
package dev.q.engine;

import org.jspecify.annotations.NullMarked;
