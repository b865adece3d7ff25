package dev.q.test.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.q.job.DeadReason;
import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobDetails;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.JobTimes;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.job.StoredResult;
import dev.q.job.WorkerId;
import dev.q.job.history.AttemptOutcome;
import dev.q.job.history.AttemptRecord;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one job.
 */
final class ModelJob {

	final JobId id;

	/** Which job of all that were ever stored this is. */
	final long number;

	final Instant createdAt;

	JobSpec spec;

	JobState state = JobState.SCHEDULED;

	JobCounters counters = JobCounters.ZERO;

	/** Null if it is on hold, or was when it ended. */
	@Nullable Instant runAt;

	@Nullable Instant expiresAt;

	@Nullable Instant startedAt;

	@Nullable Instant finishedAt;

	@Nullable Instant unhandledSince;

	StoredResult result = StoredResult.NONE;

	@Nullable JobError lastError;

	@Nullable DeadReason deadReason;

	@Nullable String cancelReason;

	@Nullable WorkerId worker;

	@Nullable Instant leasedUntil;

	@Nullable String token;

	/** What became of each claim so far that did not end well. */
	final List<AttemptRecord> attempts = new ArrayList<>();

	/** When it lets go of its unique key, if that is held for a span of time. */
	@Nullable Instant windowEnd;

	/** Whether nobody knows it any more, but for its window. */
	boolean gone;

	/** Whether it goes before all that were not claimed yet. */
	boolean front;

	/** When it became ready, counted in jobs that did. */
	long place;

	ModelJob(NewJob job, long number, Instant now) {
		this.id = job.id();
		this.number = number;
		this.spec = job.spec();
		this.createdAt = now;
		this.runAt = job.due().from(now);
		this.expiresAt = job.spec().limits().expiryOf(now);
	}

	QueueName queue() {
		return this.spec.queue();
	}

	/** Whether it was ever claimed. */
	boolean hasStarted() {
		return this.counters.deliveries() > 0;
	}

	boolean isHeld() {
		return this.state == JobState.SCHEDULED && this.runAt == null;
	}

	boolean isDue(Instant now) {
		return isDelayed() && this.runAt != null && !this.runAt.isAfter(now);
	}

	/** Whether it waits for nothing but its time. */
	boolean isDelayed() {
		return this.state == JobState.SCHEDULED || this.state == JobState.RETRYING;
	}

	boolean isExpired(Instant now) {
		return this.expiresAt != null && !now.isBefore(this.expiresAt);
	}

	boolean isLeaseOver(Instant now) {
		return this.leasedUntil != null && !now.isBefore(this.leasedUntil);
	}

	boolean isHeldBy(String presented) {
		return this.state == JobState.RUNNING && presented.equals(this.token);
	}

	/** Takes down what became of a claim, as long as it holds. */
	void note(AttemptOutcome outcome, @Nullable JobError error, Instant now) {
		this.attempts.add(attempt(outcome, now, error));
	}

	private AttemptRecord attempt(AttemptOutcome outcome, @Nullable Instant end, @Nullable JobError error) {
		return new AttemptRecord(this.counters.deliveries(), outcome, this.worker,
				Objects.requireNonNull(this.startedAt), end, error);
	}

	/** The last 20, of which the last 5 that were taken down keep stack traces. */
	List<AttemptRecord> history() {
		List<AttemptRecord> all = new ArrayList<>(this.attempts);
		all.subList(0, Math.max(0, all.size() - 5)).replaceAll(AttemptRecord::withoutStackTrace);
		if (this.state == JobState.RUNNING) {
			all.add(attempt(AttemptOutcome.RUNNING, null, null));
		}
		else if (this.state == JobState.SUCCEEDED) {
			all.add(attempt(AttemptOutcome.SUCCEEDED, this.finishedAt, null));
		}
		return all.subList(Math.max(0, all.size() - 20), all.size());
	}

	/** Ends it, however that came. */
	void end(JobState end, Instant now) {
		dropLease();
		this.state = end;
		this.finishedAt = now;
	}

	void dropLease() {
		this.worker = null;
		this.leasedUntil = null;
		this.token = null;
	}

	Job view() {
		JobTimes times = new JobTimes(this.createdAt, this.runAt, this.expiresAt, this.startedAt, this.finishedAt,
				this.unhandledSince);
		return new Job(this.id, this.spec, this.state, this.counters, times);
	}

	JobDetails details() {
		return new JobDetails(view(), this.result, this.lastError, this.deadReason, this.cancelReason, this.worker,
				this.leasedUntil);
	}

}
