package dev.q.job;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * All that a store knows of one job.
 *
 * @param job the job
 * @param result what it left behind
 * @param lastError its last failure, or null
 * @param deadReason why it is dead, or null
 * @param cancelReason why it was cancelled, or null
 * @param worker who runs it, or null
 * @param leasedUntil until when, or null
 * @since 0.1
 */
public record JobDetails(Job job, StoredResult result, @Nullable JobError lastError, @Nullable DeadReason deadReason,
		@Nullable String cancelReason, @Nullable WorkerId worker, @Nullable Instant leasedUntil) {

	/**
	 * Identity of the job.
	 * @return its id
	 */
	public JobId id() {
		return this.job.id();
	}

	/**
	 * Where the job stands.
	 * @return its state
	 */
	public JobState state() {
		return this.job.state();
	}

}
