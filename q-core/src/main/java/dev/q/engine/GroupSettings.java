package dev.q.engine;

import java.util.List;

import dev.q.job.QueueName;

/**
 * How a group of queues that share slots is worked.
 *
 * @param name what people call the group
 * @param order what it works, and in which order
 * @param alsoServed further queues, which take turns after those
 * @param concurrency how many jobs run at once, 1 or more
 * @since 0.1
 */
public record GroupSettings(String name, QueueOrder order, List<QueueName> alsoServed, int concurrency) {

	/**
	 * Checks the settings and copies the list.
	 * @throws IllegalArgumentException if there is no queue or no slot
	 */
	public GroupSettings {
		alsoServed = List.copyOf(alsoServed);
		if (order.queues().isEmpty() && alsoServed.isEmpty()) {
			throw new IllegalArgumentException("Worker group %s must work at least one queue".formatted(name));
		}
		if (concurrency < 1) {
			throw new IllegalArgumentException(
					"Worker group %s must run at least 1 job at once, but was given %d".formatted(name, concurrency));
		}
	}

	/**
	 * A group that works its queues in strict order.
	 * @param name what people call the group
	 * @param queues what it works: a job of a later queue is only taken when no earlier
	 * one has any
	 * @param alsoServed further queues, which take turns after those
	 * @param concurrency how many jobs run at once, 1 or more
	 */
	public GroupSettings(String name, List<QueueName> queues, List<QueueName> alsoServed, int concurrency) {
		this(name, new QueueOrder.Strict(queues), alsoServed, concurrency);
	}

}
