package dev.q.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.q.job.QueueName;

/**
 * The order in which a group looks into its queues: those with a rank first, strictly in
 * their order, then the others, with another one at the head each time. Used by one
 * thread, but for {@link #all()}.
 */
final class QueueRotation {

	private final List<QueueName> ranked;

	private final List<QueueName> others;

	private final List<QueueName> all;

	QueueRotation(GroupSettings group) {
		this.ranked = group.queues();
		this.others = new ArrayList<>(group.alsoServed());
		this.others.removeAll(this.ranked);
		this.all = next();
	}

	List<QueueName> all() {
		return this.all;
	}

	List<QueueName> next() {
		if (this.others.isEmpty()) {
			return this.ranked;
		}
		List<QueueName> order = new ArrayList<>(this.ranked);
		order.addAll(this.others);
		Collections.rotate(this.others, -1);
		return List.copyOf(order);
	}

}
