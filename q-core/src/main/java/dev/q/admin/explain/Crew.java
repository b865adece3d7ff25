package dev.q.admin.explain;

import java.util.List;
import java.util.stream.Stream;

import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.WorkerInfo;
import dev.q.store.WorkerInfo.State;

/**
 * The workers that are registered, as a queue sees them.
 *
 * @param workers all of them
 * @param queue the queue
 */
record Crew(List<WorkerInfo> workers, QueueName queue) {

	long count(State state) {
		return ofQueue().filter((worker) -> worker.state() == state).count();
	}

	/** Those that run one job of the queue at a time. */
	long exclusive() {
		return ofQueue().filter((worker) -> worker.exclusive().contains(this.queue)).count();
	}

	/** Those that take jobs of the queue while one of its jobs runs. */
	long sharing() {
		return ofQueue().filter((worker) -> worker.state() == State.RUNNING && !worker.exclusive().contains(this.queue))
			.count();
	}

	private Stream<WorkerInfo> ofQueue() {
		return this.workers.stream().filter((worker) -> worker.queues().contains(this.queue));
	}

	boolean has(WorkerId id) {
		return this.workers.stream().anyMatch((worker) -> worker.id().equals(id));
	}

}
