/**
 * What a store must do, as an executable specification: one list of jobs, and every rule
 * written by looking through it. Written from the Javadoc of the SPI. It knows no lanes,
 * indexes, threads or limits of its own, and tells nobody of anything.
 *
 * <p>
 * The SPI leaves some matters open, and this does one of what is allowed:
 * <ul>
 * <li>the order among jobs of one priority that were handed back by a shutdown or
 * recovered;</li>
 * <li>which jobs are taken first by {@code recoverExpired}, {@code expire} and, in
 * several queues, {@code promoteDue} and {@code purge};</li>
 * <li>which of the successes that ended in one moment goes first;</li>
 * <li>whether a claim ends the expired jobs that it passes over, and in which of its
 * queues it makes jobs ready that it does not bring;</li>
 * <li>the order among schedules that are due at one time, and among workers;</li>
 * <li>whether a queue is listed that has no jobs and is not paused.</li>
 * </ul>
 */
@NullMarked
package dev.q.test.model;

import org.jspecify.annotations.NullMarked;
