package dev.q.store.routing;

import java.util.List;

import dev.q.job.Names;
import dev.q.job.QueueName;
import dev.q.store.JobStore;

/**
 * A store, and the queues that it holds.
 *
 * @param name what people call it
 * @param store the store
 * @param queues at least one, none twice
 * @since 0.1
 */
public record StoreRoute(String name, JobStore store, List<QueueName> queues) {

	/**
	 * Checks the route and copies the list.
	 * @throws IllegalArgumentException if the name is none, or if there are no queues or
	 * one of them is given twice
	 */
	public StoreRoute {
		Names.require("The name of a store", name);
		queues = List.copyOf(queues);
		if (queues.isEmpty()) {
			throw new IllegalArgumentException(
					"Store %s holds no queue. Name at least one, or leave the store out".formatted(name));
		}
		if (queues.stream().distinct().count() < queues.size()) {
			throw new IllegalArgumentException("Store %s is given a queue twice: %s".formatted(name, queues));
		}
	}

}
