/**
 * Work that never leaves this process: tasks are run as the objects they are, nothing is
 * encoded and nothing is stored.
 *
 * <pre>{@code
 * RunnableQueue queue = RunnableQueue.sequential().track().build();
 * queue.start();
 * TaskId<Integer> id = queue.submit(() -> 6 * 7);
 * StopReport report = queue.stop(Duration.ofSeconds(10), StopMode.FINISH_ALL);
 * if (report.isClean() && queue.result(id) instanceof TaskResult.Succeeded<Integer> done) {
 * 	answer = done.value();
 * }
 * }</pre>
 *
 * <p>
 * A {@code TaskLine} lets tasks in, has workers take them in order of arrival and sees to
 * it that all come to an end. What waits, runs and has ended stands in a
 * {@code TaskBook}, under the one lock of the line. Workers are started when there is
 * something to do and end when there is not, so an idle queue costs no thread. When the
 * process dies, what waited is gone: whoever cannot afford that takes a
 * {@link dev.q.store.JobStore}.
 */
@NullMarked
package dev.q.inprocess;

import org.jspecify.annotations.NullMarked;
