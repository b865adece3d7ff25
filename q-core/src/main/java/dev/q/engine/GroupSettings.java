package dev.q.engine;

import java.util.List;

import dev.q.job.QueueName;

/**
 * How a group of queues that share slots is worked.
 *
 * @param name what people call the group
 * @param queues what it works, in order of preference: a job of a later queue is only
 * taken when no earlier one has any
 * @param alsoServed further queues, which take turns after those
 * @param concurrency how many jobs run at once, 1 or more
 * @since 0.1
 */
public record GroupSettings(String name, List<QueueName> queues, List<QueueName> alsoServed, int concurrency) {

	/**
	 * Checks the settings and copies the lists.
	 * @throws IllegalArgumentException if there is no queue or no slot
	 */
	public GroupSettings {
		queues = List.copyOf(queues);
		alsoServed = List.copyOf(alsoServed);
		if (queues.isEmpty() && alsoServed.isEmpty()) {
			throw new IllegalArgumentException("Worker group %s must work at least one queue".formatted(name));
		}
		if (concurrency < 1) {
			throw new IllegalArgumentException(
					"Worker group %s must run at least 1 job at once, but was given %d".formatted(name, concurrency));
		}
	}

}
