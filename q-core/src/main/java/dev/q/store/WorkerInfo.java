package dev.q.store;

import java.time.Instant;
import java.util.List;

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
 * @param slots how many jobs it can run at once
 * @param running how many it runs
 * @since 0.1
 */
public record WorkerInfo(WorkerId id, String host, Instant startedAt, State state, List<QueueName> queues, int slots,
		int running) {

	/**
	 * Copies the list.
	 */
	public WorkerInfo {
		queues = List.copyOf(queues);
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
