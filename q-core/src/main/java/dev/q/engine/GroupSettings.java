package dev.q.engine;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.q.job.QueueName;

/**
 * How a group of queues that share slots is worked.
 *
 * @param name what people call the group
 * @param order what it works, and in which order
 * @param alsoServed further queues, which take turns after those
 * @param concurrency how many jobs run at once, 1 or more
 * @param exclusive queues of which one job at a time runs in the whole cluster, in the
 * order of the queue. Other workers of these queues must know that too
 * @since 0.1
 */
public record GroupSettings(String name, QueueOrder order, List<QueueName> alsoServed, int concurrency,
		Set<QueueName> exclusive) {

	/**
	 * Checks the settings and copies the collections.
	 * @throws IllegalArgumentException if there is no queue or no slot
	 */
	public GroupSettings {
		alsoServed = List.copyOf(alsoServed);
		exclusive = Set.copyOf(exclusive);
		if (order.queues().isEmpty() && alsoServed.isEmpty()) {
			throw new IllegalArgumentException("Worker group %s must work at least one queue".formatted(name));
		}
		if (concurrency < 1) {
			throw new IllegalArgumentException(
					"Worker group %s must run at least 1 job at once, but was given %d".formatted(name, concurrency));
		}
	}

	/**
	 * A group that has no exclusive queue.
	 * @param name what people call the group
	 * @param order what it works, and in which order
	 * @param alsoServed further queues, which take turns after those
	 * @param concurrency how many jobs run at once, 1 or more
	 */
	public GroupSettings(String name, QueueOrder order, List<QueueName> alsoServed, int concurrency) {
		this(name, order, alsoServed, concurrency, Set.of());
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

	/**
	 * The same group with exclusive queues.
	 * @param queues of which queues one job at a time runs; those of other groups do not
	 * matter
	 * @return a copy
	 */
	public GroupSettings withExclusive(Set<QueueName> queues) {
		return new GroupSettings(this.name, this.order, this.alsoServed, this.concurrency,
				Stream.concat(this.order.queues().stream(), this.alsoServed.stream())
					.filter(queues::contains)
					.collect(Collectors.toUnmodifiableSet()));
	}

}
