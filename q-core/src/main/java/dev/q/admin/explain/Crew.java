package dev.q.admin.explain;

import java.util.List;

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
		return this.workers.stream()
			.filter((worker) -> worker.state() == state && worker.queues().contains(this.queue))
			.count();
	}

	boolean has(WorkerId id) {
		return this.workers.stream().anyMatch((worker) -> worker.id().equals(id));
	}

}
