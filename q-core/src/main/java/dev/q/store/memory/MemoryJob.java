package dev.q.store.memory;

import java.time.Instant;
import java.util.Objects;

import dev.q.job.DeadReason;
import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.JobTimes;
import dev.q.job.StoredResult;
import dev.q.job.WorkerId;
import dev.q.job.history.AttemptHistory;
import dev.q.job.history.AttemptOutcome;
import dev.q.job.history.AttemptRecord;
import dev.q.store.Lease;
import org.jspecify.annotations.Nullable;

/**
 * One job of a queue: what it is at the moment, and who holds it. Small, because there
 * may be millions. Guarded by the lock of its queue.
 */
final class MemoryJob {

	/** Neighbours in the chain that the job is in. Only {@link JobChain} writes them. */
	@Nullable MemoryJob previous;

	@Nullable MemoryJob next;

	/** Order of enqueue within the queue. */
	private final long sequence;

	private Job job;

	private Remains remains = Remains.NONE;

	private @Nullable Lease lease;

	private @Nullable Instant leasedUntil;

	MemoryJob(Job job, long sequence) {
		this.job = job;
		this.sequence = sequence;
	}

	Job job() {
		return this.job;
	}

	JobId id() {
		return this.job.id();
	}

	JobSpec spec() {
		return this.job.spec();
	}

	JobState state() {
		return this.job.state();
	}

	JobTimes times() {
		return this.job.times();
	}

	long sequence() {
		return this.sequence;
	}

	/**
	 * Takes on the next state. A job that does not run has no lease.
	 */
	void become(Job next) {
		this.job = next;
		if (next.state() != JobState.RUNNING) {
			this.lease = null;
			this.leasedUntil = null;
		}
	}

	/** Has another payload. Nothing else changes, so the job stays where it is. */
	void carry(JobSpec other) {
		this.job = new Job(this.job.id(), this.job.spec().withPayloadOf(other), this.job.state(), this.job.counters(),
				this.job.times());
	}

	/**
	 * Takes down what became of an attempt. The job must still be running.
	 * @param error its failure, or null
	 */
	void note(AttemptOutcome outcome, @Nullable JobError error, Instant now) {
		Instant startedAt = Objects.requireNonNull(this.job.times().startedAt());
		this.remains = this.remains
			.noted(new AttemptRecord(this.job.counters().deliveries(), outcome, worker(), startedAt, now, error));
	}

	void leave(Remains behind) {
		this.remains = behind;
	}

	Remains remains() {
		return this.remains;
	}

	void lease(Lease right, Instant until) {
		this.lease = right;
		this.leasedUntil = until;
	}

	/** The length is that of the claim, whatever the lease says that came back. */
	void renew(Instant now) {
		this.leasedUntil = now.plus(Objects.requireNonNull(this.lease).length());
	}

	boolean isHeldBy(Lease right) {
		return this.lease != null && this.lease.token().equals(right.token());
	}

	/** Who runs this job, which must be running. */
	WorkerId worker() {
		return Objects.requireNonNull(this.lease).worker();
	}

	/** Until when, by the steady clock, for a job that is running. */
	Instant leasedUntil() {
		return Objects.requireNonNull(this.leasedUntil);
	}

	JobDetails details(LeaseView view) {
		return new JobDetails(this.job, this.remains.result(), this.remains.lastError(), this.remains.deadReason(),
				this.remains.cancelReason(), (this.lease != null) ? this.lease.worker() : null,
				(this.leasedUntil != null) ? view.wallTimeOf(this.leasedUntil) : null);
	}

	/**
	 * How an instant of the steady clock is shown to people.
	 */
	@FunctionalInterface
	interface LeaseView {

		Instant wallTimeOf(Instant steady);

	}

	/**
	 * What the attempts of a job left behind. Most jobs share {@link #NONE}.
	 */
	record Remains(StoredResult result, @Nullable JobError lastError, @Nullable DeadReason deadReason,
			@Nullable String cancelReason, AttemptHistory history) {

		static final Remains NONE = new Remains(StoredResult.NONE, null, null, null, AttemptHistory.NONE);

		Remains succeeded(StoredResult value) {
			return value.equals(this.result) ? this : new Remains(value, this.lastError, null, null, this.history);
		}

		Remains failed(JobError error) {
			return new Remains(StoredResult.NONE, error, null, null, this.history);
		}

		Remains dead(DeadReason reason, JobError error) {
			return new Remains(StoredResult.NONE, error, reason, null, this.history);
		}

		Remains cancelled(String reason) {
			return new Remains(StoredResult.NONE, this.lastError, null, reason, this.history);
		}

		Remains noted(AttemptRecord attempt) {
			return new Remains(this.result, this.lastError, this.deadReason, this.cancelReason,
					this.history.and(attempt));
		}

		/**
		 * A revived job is neither dead nor cancelled any more; its last failure is
		 * history.
		 */
		Remains revived() {
			return new Remains(StoredResult.NONE, this.lastError, null, null, this.history);
		}

	}

}
