package dev.q.test.model;

import java.time.Instant;
import java.util.List;

import dev.q.job.DeadReason;
import dev.q.job.DeliveryMode;
import dev.q.job.Job;
import dev.q.job.JobError;
import dev.q.job.JobState;
import dev.q.job.ReleaseReason;
import dev.q.job.WorkerId;
import dev.q.job.history.AttemptOutcome;
import dev.q.store.JobStore;
import dev.q.store.MaintenanceStore;
import dev.q.store.Retention;

/**
 * What is done from time to time.
 *
 * @param books what is known
 * @param order who comes first
 * @param keys unique keys
 * @param finished what is kept
 * @param cluster who drains
 */
record ModelMaintenance(Books books, Order order, Keys keys, Finished finished,
		ModelCluster cluster) implements MaintenanceStore {

	@Override
	public int promoteDue(int limit) {
		List<ModelJob> due = this.order.due().stream().limit(JobStore.requireLimit(limit)).toList();
		due.forEach(this.order::toTheEnd);
		return due.size();
	}

	@Override
	public List<Job> recoverExpired(int limit) {
		Instant now = this.books.now();
		List<ModelJob> lost = this.books.jobs((job) -> job.isLeaseOver(now))
			.stream()
			.limit(JobStore.requireLimit(limit))
			.toList();
		lost.forEach((job) -> recover(job, now));
		this.keys.handOver();
		return lost.stream().map(ModelJob::view).toList();
	}

	private void recover(ModelJob job, Instant now) {
		WorkerId worker = job.worker;
		job.counters = this.cluster.isDraining(worker) ? job.counters.released(ReleaseReason.SHUTDOWN)
				: job.counters.crashed();
		if (job.spec.delivery() == DeliveryMode.AT_MOST_ONCE) {
			job.deadReason = DeadReason.LOST;
			job.lastError = JobError.of("worker-lost",
					"The worker was lost while it ran this job, which may not start twice. It was " + worker);
			job.note(AttemptOutcome.LOST, job.lastError, now);
			job.end(JobState.DEAD, now);
		}
		else if (job.counters.crashes() >= job.spec.limits().maxCrashes()) {
			job.deadReason = DeadReason.CRASHED;
			job.lastError = JobError.of("worker-lost",
					"The worker was lost %d times while it ran this job, which is as often as its limit of crashes allows. The last one was %s"
						.formatted(job.counters.crashes(), worker));
			job.note(AttemptOutcome.LOST, job.lastError, now);
			job.end(JobState.DEAD, now);
		}
		else {
			job.note(this.cluster.isDraining(worker) ? AttemptOutcome.RELEASED : AttemptOutcome.LOST, null, now);
			if (job.isExpired(now)) {
				job.end(JobState.EXPIRED, now);
			}
			else {
				this.order.toTheFront(job);
			}
		}
	}

	@Override
	public List<Job> expire(int limit) {
		Instant now = this.books.now();
		List<ModelJob> expired = this.books.jobs((job) -> !job.state.isTerminal() && job.isExpired(now))
			.stream()
			.limit(JobStore.requireLimit(limit))
			.toList();
		expired.forEach((job) -> {
			if (job.state == JobState.RUNNING) {
				job.note(AttemptOutcome.EXPIRED, null, now);
			}
			job.end(JobState.EXPIRED, now);
		});
		this.keys.handOver();
		return expired.stream().map(ModelJob::view).toList();
	}

	@Override
	public int purge(Retention retention, int limit) {
		int purged = this.finished.purge(retention, JobStore.requireLimit(limit));
		this.keys.handOver();
		this.books.noteEmpty();
		return purged;
	}

}
