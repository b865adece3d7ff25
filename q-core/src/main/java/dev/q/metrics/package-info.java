/**
 * What Q measures, for Micrometer: {@link dev.q.metrics.QMeters} names all meters.
 *
 * <p>
 * {@link dev.q.metrics.JobMeters} hears of what happens to jobs in this process, and
 * counts and times it. {@link dev.q.metrics.QueueSampler} looks at the queues now and
 * then, on a thread of its own, and {@link dev.q.metrics.QueueGauges} show what it saw
 * last: whoever scrapes the meters never waits for the store.
 * {@link dev.q.metrics.WorkerGauges} ask the engine, which answers at once.
 *
 * <p>
 * No tag can take any number of values. Names of queues are shown for the first hundred
 * queues that a process meets, and names of handlers for those that it knows; the others
 * share one value. Nothing here is loaded unless somebody measures.
 */
@NullMarked
package dev.q.metrics;

import org.jspecify.annotations.NullMarked;
