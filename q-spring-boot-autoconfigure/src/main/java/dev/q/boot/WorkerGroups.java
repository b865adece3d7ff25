package dev.q.boot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import dev.q.boot.QProperties.Group;
import dev.q.boot.QProperties.Order;
import dev.q.engine.GroupSettings;
import dev.q.engine.QueueOrder;
import dev.q.job.Names;
import dev.q.job.QueueName;

/**
 * Reads the worker groups of the properties.
 *
 * @param worker the properties
 * @param defaultConcurrency how many jobs a group runs at once that does not say so
 */
record WorkerGroups(QProperties.Worker worker, int defaultConcurrency) {

	private static final String DEFAULT = "default";

	/**
	 * Makes the groups.
	 * @param handled queues of the handlers of this application
	 * @return the groups in the order of their names; empty if there is no queue to work
	 * @throws InvalidQPropertyException if a group cannot be made
	 */
	List<GroupSettings> of(List<QueueName> handled) {
		Map<String, QueueOrder> orders = new LinkedHashMap<>();
		Map<String, Group> groups = groups();
		groups.forEach((name, group) -> orders.put(name, order(name, group)));
		Set<QueueName> listed = new HashSet<>();
		orders.values().forEach((order) -> listed.addAll(order.queues()));
		List<QueueName> rest = handled.stream().filter((queue) -> !listed.contains(queue)).toList();
		List<GroupSettings> settings = new ArrayList<>();
		groups.forEach((name, group) -> {
			List<QueueName> also = name.equals(DEFAULT) ? rest : List.of();
			QueueOrder order = Objects.requireNonNull(orders.get(name));
			property(name + ".concurrency").requireAtLeast(1, group.concurrency());
			if (!order.queues().isEmpty() || !also.isEmpty()) {
				settings.add(new GroupSettings(name, order, also,
						Objects.requireNonNullElse(group.concurrency(), this.defaultConcurrency)));
			}
		});
		return settings;
	}

	private Map<String, Group> groups() {
		Map<String, Group> groups = new TreeMap<>(this.worker.groups());
		boolean isShort = !this.worker.queues().isEmpty() || this.worker.concurrency() != null
				|| this.worker.order() != Order.STRICT;
		if (isShort && groups.containsKey(DEFAULT)) {
			throw property(DEFAULT).refuse(groups.get(DEFAULT),
					"q.worker.queues, q.worker.order and q.worker.concurrency mean the same group. Use one of both ways");
		}
		groups.putIfAbsent(DEFAULT, new Group(this.worker.queues(), this.worker.concurrency(), this.worker.order()));
		groups.keySet().forEach(WorkerGroups::requireName);
		return groups;
	}

	private QueueOrder order(String name, Group group) {
		if (group.queues().isEmpty() && !name.equals(DEFAULT)) {
			throw property(name + ".queues").refuse("", "List at least one queue, or leave the group out");
		}
		Map<QueueName, Integer> weights = new LinkedHashMap<>();
		for (String entry : group.queues()) {
			addTo(weights, queuesOf(name), entry, group.order());
		}
		return switch (group.order()) {
			case STRICT -> new QueueOrder.Strict(List.copyOf(weights.keySet()));
			case ROUND_ROBIN -> new QueueOrder.RoundRobin(List.copyOf(weights.keySet()));
			case WEIGHTED -> new QueueOrder.Weighted(weights);
		};
	}

	/**
	 * The property in which the queues of a group are written.
	 */
	private CheckedProperty queuesOf(String group) {
		return this.worker.groups().containsKey(group) ? property(group + ".queues")
				: new CheckedProperty("q.worker.queues");
	}

	private static void addTo(Map<QueueName, Integer> weights, CheckedProperty property, String entry, Order order) {
		int colon = entry.indexOf(':');
		if (colon >= 0 && order != Order.WEIGHTED) {
			throw property.refuse(entry, "Queues have weights in a group of order weighted only");
		}
		String queue = (colon < 0) ? entry : entry.substring(0, colon);
		property.requireQueueName(queue);
		String weight = (colon < 0) ? "1" : entry.substring(colon + 1).strip();
		if (!weight.matches("[1-9][0-9]{0,2}|1000")) {
			throw property.refuse(entry, "Write a weight as a number from 1 to 1000, such as %s:3".formatted(queue));
		}
		if (weights.put(new QueueName(queue), Integer.valueOf(weight)) != null) {
			throw property.refuse(entry, "List each queue once");
		}
	}

	private static void requireName(String name) {
		try {
			Names.require("The name of a worker group", name);
		}
		catch (IllegalArgumentException ex) {
			throw new CheckedProperty("q.worker.groups").refuse(name, String.valueOf(ex.getMessage()));
		}
	}

	private static CheckedProperty property(String name) {
		return new CheckedProperty("q.worker.groups." + name);
	}

}
