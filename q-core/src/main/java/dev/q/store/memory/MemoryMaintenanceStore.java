package dev.q.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.q.job.DeadReason;
import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobError;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.ReleaseReason;
import dev.q.job.WorkerId;
import dev.q.job.history.AttemptOutcome;
import dev.q.store.JobStore;
import dev.q.store.MaintenanceStore;
import dev.q.store.Retention;
import org.jspecify.annotations.Nullable;

/**
 * Keeping jobs in memory in order.
 */
final class MemoryMaintenanceStore implements MaintenanceStore {

	private final MemoryState state;

	private final MemoryClusterStore cluster;

	MemoryMaintenanceStore(MemoryState state, MemoryClusterStore cluster) {
		this.state = state;
		this.cluster = cluster;
	}

	@Override
	public int promoteDue(int limit) {
		Instant now = this.state.now();
		return eachQueue(limit, (queue, room, news) -> {
			int promoted = queue.promoteDue(now, room);
			if (promoted > 0) {
				news.ready(queue);
			}
			return promoted;
		});
	}

	@Override
	public List<Job> recoverExpired(int limit) {
		Instant now = this.state.now();
		Instant steadyNow = this.state.steadyNow();
		List<Job> recovered = new ArrayList<>();
		eachQueue(limit, (queue, room, news) -> {
			List<MemoryJob> expired = queue.places().leases().expired(steadyNow, room);
			for (MemoryJob job : expired) {
				recover(queue, job, now);
				news.waits(job, queue);
				recovered.add(job.job());
			}
			return expired.size();
		});
		this.state.awaited().maintained(recovered);
		return recovered;
	}

	private void recover(MemoryQueue queue, MemoryJob job, Instant now) {
		boolean isDraining = this.cluster.isDraining(job.worker());
		JobCounters before = job.job().counters();
		JobCounters counters = isDraining ? before.released(ReleaseReason.SHUTDOWN) : before.crashed();
		Outcome.Dead death = deathOf(job, counters);
		job.note((isDraining && death == null) ? AttemptOutcome.RELEASED : AttemptOutcome.LOST,
				(death != null) ? death.error() : null, now);
		if (death != null) {
			job.leave(job.remains().dead(death.reason(), death.error()));
			queue.move(job, Moves.stopped(job.job(), JobState.DEAD, counters, now));
		}
		else if (job.times().isExpired(now)) {
			queue.move(job, Moves.stopped(job.job(), JobState.EXPIRED, counters, now));
		}
		else {
			queue.moveToTheFront(job, Moves.recovered(job.job(), counters));
		}
	}

	private static Outcome.@Nullable Dead deathOf(MemoryJob job, JobCounters counters) {
		if (job.job().mayStartOnce()) {
			return new Outcome.Dead(DeadReason.LOST, lostForGood(job.worker()));
		}
		return (counters.crashes() >= job.spec().limits().maxCrashes())
				? new Outcome.Dead(DeadReason.CRASHED, lostTooOften(counters, job.worker())) : null;
	}

	private static JobError lostForGood(WorkerId worker) {
		return JobError.of("worker-lost",
				"The worker was lost while it ran this job, which may not start twice. It was %s".formatted(worker));
	}

	private static JobError lostTooOften(JobCounters counters, WorkerId worker) {
		return JobError.of("worker-lost",
				"The worker was lost %d times while it ran this job, which is as often as its limit of crashes allows. The last one was %s"
					.formatted(counters.crashes(), worker));
	}

	@Override
	public List<Job> expire(int limit) {
		Instant now = this.state.now();
		List<Job> expired = new ArrayList<>();
		eachQueue(limit, (queue, room, news) -> {
			int count = 0;
			queue.holds().forgetOver(now, limit);
			MemoryJob job = queue.places().expiring().firstBy(now);
			while (job != null && count < room) {
				if (job.state() == JobState.RUNNING) {
					job.note(AttemptOutcome.EXPIRED, null, now);
					news.revoked(job.id());
				}
				queue.move(job, Moves.stopped(job.job(), JobState.EXPIRED, job.job().counters(), now));
				expired.add(job.job());
				count++;
				job = queue.places().expiring().firstBy(now);
			}
			return count;
		});
		this.state.awaited().maintained(expired);
		return expired;
	}

	@Override
	public int purge(Retention retention, int limit) {
		Instant now = this.state.now();
		return eachQueue(limit, (queue, room, news) -> {
			int count = 0;
			MemoryJob job = queue.places().finished().overdue(retention, now);
			while (job != null && count < room) {
				queue.remove(job);
				count++;
				job = queue.places().finished().overdue(retention, now);
			}
			queue.lookWhetherEmpty(now);
			return count;
		});
	}

	private int eachQueue(int limit, Task task) {
		this.state.requireOpen();
		JobStore.requireLimit(limit);
		News news = this.state.news();
		int done = 0;
		for (MemoryQueue queue : this.state.queues()) {
			if (done == limit) {
				break;
			}
			queue.lock();
			try {
				done += task.runOnce(queue, limit - done, news);
				news.changed(queue);
			}
			finally {
				queue.unlock();
			}
		}
		news.tell();
		return done;
	}

	/**
	 * A piece of work on one queue.
	 */
	@FunctionalInterface
	private interface Task {

		int runOnce(MemoryQueue queue, int limit, News news);

	}

}
