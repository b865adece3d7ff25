/**
 * Q without a framework: a queue over any store, worked by hand or by an engine.
 *
 * <pre>{@code
 * SystemClock clock = new SystemClock();
 * JobStore store = new MemoryStore(MemorySettings.DEFAULT, clock, clock.steady());
 * QueueHandler handler = QueueHandler.of(Mail.class, (mail, job) -> outbox.put(mail.to()));
 * try (JobQueue queue = Q.queue("mail").store(store).build()) {
 * 	queue.enqueue(new Mail("ada@example.org"));
 * 	handled = queue.handleOne(handler);
 *
 * 	QueueWorker worker = Q.run(queue, handler, 8);
 * 	queue.enqueue(new Mail("bob@example.org"));
 * 	mails = List.of(outbox.take(), outbox.take());
 * 	worker.close();
 * }
 * }</pre>
 *
 * <p>
 * {@link dev.q.expert.JobQueue#handleOne} is one step on the thread of its caller, who
 * owns the loop, the number of threads and the housekeeping.
 * {@link dev.q.expert.Q#run(JobQueue, QueueHandler, int)} is a whole engine over the same
 * queue. A job meets with the same in both.
 */
@NullMarked
package dev.q.expert;

import org.jspecify.annotations.NullMarked;
