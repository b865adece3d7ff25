package dev.q.job.history;

import java.time.Instant;

import dev.q.job.JobError;
import dev.q.job.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a job: from the claim to whatever ended that. Its number is that of the
 * claim, which rises by one with each and is never given twice, not even after a manual
 * retry. It is what a handler is told as its fencing token, and not the number of the
 * attempt that {@code JobContext.attempt()} tells, which counts failures alone.
 *
 * @param number which claim of the job, from 1
 * @param outcome what became of it
 * @param worker who had the job; null of an attempt that succeeded, of which no store
 * keeps that
 * @param startedAt when the job was claimed, by the store's clock
 * @param endedAt when the store took in the end, or null while it is under way
 * @param error the failure, or null if there was none; without its stack trace if the
 * attempt is none of the last {@value AttemptHistory#STACK_TRACES}
 * @since 0.1
 */
public record AttemptRecord(int number, AttemptOutcome outcome, @Nullable WorkerId worker, Instant startedAt,
		@Nullable Instant endedAt, @Nullable JobError error) {

	/**
	 * The attempt without the most of its failure.
	 * @return a copy without a stack trace
	 */
	public AttemptRecord withoutStackTrace() {
		if (this.error == null || this.error.stackTrace().isEmpty()) {
			return this;
		}
		return new AttemptRecord(this.number, this.outcome, this.worker, this.startedAt, this.endedAt,
				this.error.withoutStackTrace());
	}

}
