package dev.q.expert;

import dev.q.engine.JobEngine;
import dev.q.job.QueueName;

/**
 * The door to Q for those who work without a framework.
 *
 * @since 0.1
 */
public final class Q {

	private Q() {
	}

	/**
	 * A queue over a store.
	 * @param name 1 to 128 characters of {@code [A-Za-z0-9._-]}
	 * @return what builds it
	 * @throws IllegalArgumentException if the name breaks the rule
	 */
	public static JobQueueBuilder queue(String name) {
		return new JobQueueBuilder(new QueueName(name));
	}

	/**
	 * Works a queue in the background, with an engine of its own: threads, renewals,
	 * signals, housekeeping and an entry in the register of workers.
	 * @param queue what to work; the worker goes on when it is closed
	 * @param handler runs each of its jobs
	 * @param concurrency how many jobs run at once, 1 or more
	 * @return the worker, which works already; close it
	 * @throws IllegalArgumentException if the number is less than 1
	 * @throws dev.q.QueueClosedException if the queue is closed
	 */
	public static QueueWorker run(JobQueue queue, QueueHandler handler, int concurrency) {
		QueueParts parts = queue.parts();
		JobEngine engine = new JobEngine(parts.store(), parts.runner(handler.registry()), parts.events(),
				parts.settings(queue.name(), concurrency), parts.ports());
		return new QueueWorker(engine);
	}

}
