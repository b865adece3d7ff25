/**
 * Reading results of jobs from a store, and waiting for them.
 *
 * <p>
 * {@code Waits} holds those who wait. A job that ends in this process is announced by its
 * event, so that whoever waits hears of it at once, and also if no record of it is kept.
 * Other processes are told that somebody waits, and tell when the job has ended. The
 * truth is a look at the store: one for all who wait for jobs of a queue, the more seldom
 * the longer they wait. While nobody waits, nobody listens and nobody looks.
 *
 * <p>
 * What can go wrong, and what is done:
 * <ul>
 * <li>The store fails: the wait goes on, and only its timeout ends it.</li>
 * <li>A job is not there: it may have ended a moment ago without a record, and its event
 * is on the way. So it counts as gone only if it is not there at two looks.</li>
 * <li>A message that a job has ended is false, or the job was brought back since: a look
 * shows it, and the wait goes on.</li>
 * <li>Two read a record that is to be read once: the store gives it to one of them.</li>
 * </ul>
 */
@NullMarked
package dev.q.client.result;

import org.jspecify.annotations.NullMarked;
