package dev.q.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.q.client.JobIds;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.engine.EngineSettings;
import dev.q.job.Due;
import dev.q.job.JobSpec;
import dev.q.job.NewJob;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.StoredResult;
import dev.q.job.TypeName;
import dev.q.job.WorkerId;
import dev.q.ports.SharedRandom;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.WorkStore;

/**
 * Calls of a store, without template and engine, on one thread.
 */
final class StoreRounds {

	static final int CHUNK = 1000;

	private static final WorkerId WORKER = new WorkerId("w-benchmark");

	private static final Outcome DONE = new Outcome.Succeeded(StoredResult.NONE);

	private static final Duration LEASE = EngineSettings.DEFAULT.lease();

	private final JobIds ids = new JobIds(Rig.CLOCK, new SharedRandom());

	private final WorkStore work;

	private final QueueName queue;

	private final JobSpec spec;

	StoreRounds(WorkStore work, QueueName queue) {
		this.work = work;
		this.queue = queue;
		this.spec = JobSpec.of(queue, new TypeName("mail"), JacksonPayloadCodec.standard().encode(Mail.of(1000)));
	}

	/** Stores jobs in groups of a thousand. */
	void insert(int jobs) {
		for (int i = 0; i < jobs; i += CHUNK) {
			insertGroup(Math.min(CHUNK, jobs - i));
		}
	}

	/** Stores one group. */
	void insertGroup(int jobs) {
		List<NewJob> group = new ArrayList<>(jobs);
		for (int i = 0; i < jobs; i++) {
			group.add(new NewJob(this.ids.next(), this.spec, Due.NOW));
		}
		this.work.insert(List.of(InsertGroup.of(group)));
	}

	/**
	 * Claims jobs.
	 * @param batch how many at once
	 * @param jobs how many in all; as many must wait
	 * @return what was claimed, batch by batch
	 */
	List<List<ClaimedJob>> claim(int batch, int jobs) {
		List<List<ClaimedJob>> batches = new ArrayList<>();
		int claimed = 0;
		while (claimed < jobs) {
			int limit = Math.min(batch, jobs - claimed);
			List<ClaimedJob> found = this.work.claim(new ClaimRequest(List.of(this.queue), limit, LEASE, WORKER))
				.jobs();
			if (found.size() != limit) {
				throw new IllegalStateException("Of %d jobs only %d were found".formatted(limit, found.size()));
			}
			claimed += limit;
			batches.add(found);
		}
		return batches;
	}

	/** Settles jobs, each batch as it was claimed. */
	void settle(List<List<ClaimedJob>> batches) {
		settle(batches, Retention.DEFAULT);
	}

	void settle(List<List<ClaimedJob>> batches, Retention retention) {
		for (List<ClaimedJob> batch : batches) {
			List<LeaseAnswer> answers = this.work
				.settle(batch.stream().map((job) -> new Settlement(job.lease(), DONE)).toList(), retention);
			if (answers.contains(LeaseAnswer.LOST)) {
				throw new IllegalStateException("Not all jobs were settled: " + answers);
			}
		}
	}

}
