package dev.q.store.memory;

import java.time.Instant;

import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.ReleaseReason;
import dev.q.job.history.AttemptOutcome;
import dev.q.store.Retention;

/**
 * Applies what became of attempts.
 */
final class Settling {

	private final Retention retention;

	private final Instant now;

	private final News news;

	Settling(Retention retention, Instant now, News news) {
		this.retention = retention;
		this.now = now;
		this.news = news;
	}

	void settle(MemoryQueue queue, MemoryJob job, Outcome outcome) {
		if (outcome instanceof Outcome.Succeeded succeeded) {
			job.leave(job.remains().succeeded(succeeded.result()));
			end(queue, job, JobState.SUCCEEDED, job.job().counters());
		}
		else if (outcome instanceof Outcome.Retry retry) {
			job.note(AttemptOutcome.FAILED, retry.error(), this.now);
			job.leave(job.remains().failed(retry.error()));
			queue.move(job, Moves.failed(job.job(), retry.delay(), this.now));
			this.news.waits(job, queue);
		}
		else if (outcome instanceof Outcome.Dead dead) {
			bury(queue, job, dead);
		}
		else if (outcome instanceof Outcome.Cancelled cancelled) {
			job.note(AttemptOutcome.CANCELLED, null, this.now);
			job.leave(job.remains().cancelled(cancelled.reason()));
			end(queue, job, JobState.CANCELLED, job.job().counters());
		}
		else if (outcome instanceof Outcome.Released released) {
			release(queue, job, released);
		}
	}

	private void bury(MemoryQueue queue, MemoryJob job, Outcome.Dead dead) {
		JobCounters counters = job.job().counters();
		job.note(AttemptOutcome.DEAD, dead.error(), this.now);
		job.leave(job.remains().dead(dead.reason(), dead.error()));
		end(queue, job, JobState.DEAD, dead.reason().countsAsFailure() ? counters.failed() : counters);
	}

	private void release(MemoryQueue queue, MemoryJob job, Outcome.Released released) {
		job.note(AttemptOutcome.of(released.reason()), null, this.now);
		if (released.reason() == ReleaseReason.SHUTDOWN) {
			queue.moveToTheFront(job, Moves.handedBack(job.job()));
		}
		else {
			queue.move(job, Moves.released(job.job(), released.reason(), released.delay(), this.now));
		}
		this.news.waits(job, queue);
	}

	private void end(MemoryQueue queue, MemoryJob job, JobState end, JobCounters counters) {
		if (FinishedJobs.keptFor(end, this.retention).isZero()) {
			queue.remove(job);
			return;
		}
		Job ended = Moves.ended(job.job(), end, counters, this.now);
		queue.move(job, ended);
		FinishedJobs finished = queue.places().finished();
		MemoryJob surplus = finished.succeededBeyond(this.retention.succeededPerQueue());
		while (end == JobState.SUCCEEDED && surplus != null) {
			queue.remove(surplus);
			surplus = finished.succeededBeyond(this.retention.succeededPerQueue());
		}
	}

}
