package dev.q.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.q.job.QueueName;

/**
 * In which order a group looks into its queues for the next jobs. Each claim takes from
 * the first queue what it has, and goes on to the next one only when slots are left.
 *
 * @since 0.1
 */
public sealed interface QueueOrder {

	/**
	 * Which queues.
	 * @return each once, in the order in which they were given
	 */
	List<QueueName> queues();

	private static List<QueueName> eachOnce(List<QueueName> queues) {
		return queues.stream().distinct().toList();
	}

	/**
	 * As given: a job of a later queue is only taken when no earlier one has any.
	 *
	 * @param queues the queues, the most urgent one first
	 */
	record Strict(List<QueueName> queues) implements QueueOrder {

		/**
		 * Copies the list.
		 */
		public Strict {
			queues = eachOnce(queues);
		}

	}

	/**
	 * In turns: each claim begins with the next queue.
	 *
	 * @param queues the queues
	 */
	record RoundRobin(List<QueueName> queues) implements QueueOrder {

		/**
		 * Copies the list.
		 */
		public RoundRobin {
			queues = eachOnce(queues);
		}

	}

	/**
	 * By chance: a queue of twice the weight is looked into first twice as often. None
	 * starves.
	 *
	 * @param weights the queues and their weights, each from 1 to 1 000
	 */
	record Weighted(Map<QueueName, Integer> weights) implements QueueOrder {

		private static final int HEAVIEST = 1000;

		/**
		 * Copies and checks the weights.
		 * @throws IllegalArgumentException if a weight is out of its range
		 */
		public Weighted {
			weights = new LinkedHashMap<>(weights);
			weights.forEach((queue, weight) -> {
				if (weight < 1 || weight > HEAVIEST) {
					throw new IllegalArgumentException(
							"The weight of a queue must be from 1 to %d, but that of queue %s is %d".formatted(HEAVIEST,
									queue, weight));
				}
			});
		}

		@Override
		public List<QueueName> queues() {
			return List.copyOf(this.weights.keySet());
		}

		int weight(QueueName queue) {
			return this.weights.getOrDefault(queue, 1);
		}

	}

}
