package dev.q.store;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.q.job.QueueName;
import dev.q.job.WorkerId;

/**
 * What a worker says of itself.
 *
 * @param id which incarnation it is
 * @param host where it runs, for people
 * @param startedAt since when, by its own clock
 * @param state whether it takes work
 * @param queues what it works, in order of preference
 * @param exclusive of which of these queues it knows that one job at a time runs, whoever
 * works them
 * @param slots how many jobs it can run at once
 * @param running how many it runs
 * @since 0.1
 */
public record WorkerInfo(WorkerId id, String host, Instant startedAt, State state, List<QueueName> queues,
		Set<QueueName> exclusive, int slots, int running) {

	/**
	 * Checks the exclusive queues and copies the collections.
	 * @throws IllegalArgumentException if one of them is none that the worker works
	 */
	public WorkerInfo {
		queues = List.copyOf(queues);
		exclusive = Set.copyOf(exclusive);
		if (!queues.containsAll(exclusive)) {
			throw new IllegalArgumentException(
					"Worker %s works queues %s, so it cannot know %s as exclusive".formatted(id, queues, exclusive));
		}
	}

	/**
	 * Whether a worker takes work.
	 */
	public enum State {

		/** Takes work. */
		RUNNING,

		/** Finishes what it has, and then goes. */
		DRAINING

	}

}
