package dev.q.test.scene;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.expert.JobQueue;
import dev.q.expert.Q;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.JobStore;
import dev.q.store.QueueStats;
import dev.q.test.scene.host.Stores;

/**
 * The jobs of a scene, enqueued and looked up.
 *
 * @param store where they are
 */
record Jobs(JobStore store) {

	/**
	 * Enqueues jobs.
	 * @param payload what {@link NodeMain} makes of them
	 */
	List<JobId> enqueue(int count, String payload) {
		return enqueue(count, payload, JobOptions.NONE);
	}

	/**
	 * Enqueues jobs.
	 * @param payload what {@link NodeMain} makes of them
	 * @param options of each
	 */
	List<JobId> enqueue(int count, String payload, JobOptions options) {
		JobRequest job = JobRequest.of((Object) payload.getBytes(StandardCharsets.US_ASCII));
		try (JobQueue queue = Q.queue(Stores.QUEUE.value()).store(this.store).options(options).build()) {
			return queue.enqueueAll(Collections.nCopies(count, job)).stream().map(JobReceipt::id).toList();
		}
	}

	List<JobDetails> find(Collection<JobId> ids) {
		return this.store.catalog().find(Stores.QUEUE, ids);
	}

	long count(JobState state) {
		return this.store.catalog().queues().stream().mapToLong((QueueStats stats) -> stats.count(state)).sum();
	}

}
