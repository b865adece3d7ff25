package dev.q.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.q.job.Job;
import dev.q.job.JobState;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.Lease;
import org.jspecify.annotations.Nullable;

/**
 * One claim on its way through the queues.
 */
final class Claiming {

	/**
	 * Most jobs that one claim promotes or buries beside those that it takes, so that a
	 * queue is never locked for long. What is left over is due at once.
	 */
	private static final int MOST_EXTRA_WORK = 1000;

	private final MemoryState state;

	private final ClaimRequest request;

	private final News news;

	private final Instant now;

	private final Instant steadyNow;

	private final List<ClaimedJob> jobs;

	private @Nullable Instant nextDue;

	private int extraWork = MOST_EXTRA_WORK;

	Claiming(MemoryState state, ClaimRequest request, News news) {
		this.state = state;
		this.request = request;
		this.news = news;
		this.now = state.now();
		this.steadyNow = state.steadyNow();
		this.jobs = new ArrayList<>(Math.min(request.limit(), MOST_EXTRA_WORK));
	}

	boolean isFull() {
		return this.jobs.size() >= this.request.limit();
	}

	ClaimAnswer answer() {
		return new ClaimAnswer(this.jobs, this.now, this.nextDue);
	}

	void claimFrom(MemoryQueue queue) {
		queue.lock();
		try {
			boolean isExclusive = this.request.isExclusive(queue.name());
			if (!queue.pause().stopsOut() && !(isExclusive && queue.places().isWorked())) {
				claimFromOpen(queue, isExclusive);
			}
		}
		finally {
			queue.unlock();
		}
	}

	private void claimFromOpen(MemoryQueue queue, boolean isExclusive) {
		int promoted = queue.promoteDue(this.now, mostToPromote());
		MemoryJob job = queue.places().ready().first();
		while (job != null && !isFull() && this.extraWork > 0 && !(isExclusive && queue.places().isWorked())) {
			if (job.times().isExpired(this.now)) {
				queue.move(job, Moves.stopped(job.job(), JobState.EXPIRED, job.job().counters(), this.now));
				this.extraWork--;
			}
			else {
				start(queue, job);
			}
			job = queue.places().ready().first();
		}
		this.news.changed(queue);
		if (isExclusive && queue.places().isWorked()) {
			return; // what is left waits for the end of that job
		}
		if (promoted > 0 && job != null) {
			this.news.ready(queue);
		}
		comeBackAt((job != null) ? this.now : queue.places().waiting().earliest());
	}

	/** A limit may be so large that it must not be added to. */
	private int mostToPromote() {
		long wanted = (long) this.request.limit() - this.jobs.size();
		return (int) Math.min(wanted + this.extraWork, Integer.MAX_VALUE);
	}

	private void start(MemoryQueue queue, MemoryJob job) {
		Job started = Moves.claimed(job.job(), this.now);
		Duration own = job.spec().limits().lease();
		Duration length = (own != null) ? own : this.request.lease();
		Lease lease = new Lease(job.id(), queue.name(), this.state.tokens().next(), this.request.worker(), length);
		queue.start(job, started, lease, this.steadyNow.plus(length));
		this.jobs.add(new ClaimedJob(started, lease));
	}

	private void comeBackAt(@Nullable Instant time) {
		if (time != null && (this.nextDue == null || time.isBefore(this.nextDue))) {
			this.nextDue = time;
		}
	}

}
