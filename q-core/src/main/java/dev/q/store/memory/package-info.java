/**
 * The store in the memory of one process: nothing to install, nothing kept beyond the end
 * of the process.
 *
 * <p>
 * The idea: a queue is one lock and a handful of places, and a job is always in exactly
 * one of them. A change of state takes it out of one place and puts it into another, in
 * one step under the lock.
 *
 * <pre>
 *               MemoryQueue (lock, ids, unique keys)
 *   add ---&gt;  +--------------------------------------------------+
 *             | OrderedJobs    ReadyLanes     LeaseBuckets       |
 *             | by due time -&gt; 10 priorities -&gt; by deadline -+   |
 *             |      ^              ^                |       |   |
 *             |      +--------------+----------------+       v   |
 *             |                                     FinishedJobs | ---&gt; purge
 *             +--------------------------------------------------+
 * </pre>
 *
 * Lanes, buckets and finished jobs are chains whose links are in the jobs themselves, so
 * that a job leaves the middle of a chain at once: nothing dead ever stands in a queue,
 * and nothing has to be swept together.
 *
 * <p>
 * What can go wrong, and what happens then:
 * <ul>
 * <li>A worker dies with its thread: its lease runs out and the job goes to the
 * front.</li>
 * <li>The wall clock jumps: jobs become due or expire early or late, as they must, but no
 * lease runs out, because leases are measured by a clock that never jumps.</li>
 * <li>A listener throws: it is named in the log once, and nobody else notices.</li>
 * <li>A queue is full: only inserts are refused, after a short wait.</li>
 * <li>The process ends: everything is gone.</li>
 * </ul>
 *
 * <p>
 * Locks: every call locks one queue at a time. Only a schedule that fires holds a second
 * one, its own, and takes it first. Listeners are told when no lock is held.
 */
@NullMarked
package dev.q.store.memory;

import org.jspecify.annotations.NullMarked;
