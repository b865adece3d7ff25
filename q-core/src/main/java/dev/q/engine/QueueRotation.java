package dev.q.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

import dev.q.job.QueueName;

/**
 * The order in which a group looks into its queues: those with an order of their own
 * first, then the others, with another one at the head each time. Safe for use by many
 * threads.
 */
final class QueueRotation {

	private final QueueOrder order;

	// Both guarded by this.
	private final List<QueueName> first;

	private final List<QueueName> others;

	private final List<QueueName> all;

	private final RandomGenerator random;

	QueueRotation(GroupSettings group, RandomGenerator random) {
		this.order = group.order();
		this.random = random;
		this.first = new ArrayList<>(group.order().queues());
		this.others = new ArrayList<>(group.alsoServed());
		this.others.removeAll(this.first);
		this.all = together();
	}

	List<QueueName> all() {
		return this.all;
	}

	List<QueueName> next() {
		return (this.order instanceof QueueOrder.Strict && this.others.isEmpty()) ? this.all : turn();
	}

	private synchronized List<QueueName> turn() {
		if (this.order instanceof QueueOrder.Weighted weighted) {
			drawLots(weighted);
		}
		List<QueueName> next = together();
		if (this.order instanceof QueueOrder.RoundRobin) {
			Collections.rotate(this.first, -1);
		}
		Collections.rotate(this.others, -1);
		return next;
	}

	private List<QueueName> together() {
		List<QueueName> both = new ArrayList<>(this.first);
		both.addAll(this.others);
		return List.copyOf(both);
	}

	/**
	 * Draws each place from the queues that have none yet, by their weights.
	 */
	private void drawLots(QueueOrder.Weighted weighted) {
		int left = this.first.stream().mapToInt(weighted::weight).sum();
		for (int place = 0; place < this.first.size() - 1; place++) {
			int lot = this.random.nextInt(left);
			int drawn = place;
			while (lot >= weighted.weight(this.first.get(drawn))) {
				lot -= weighted.weight(this.first.get(drawn));
				drawn++;
			}
			left -= weighted.weight(this.first.get(drawn));
			Collections.swap(this.first, place, drawn);
		}
	}

}
