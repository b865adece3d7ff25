package dev.q.attempt;

import dev.q.job.Job;
import dev.q.job.Outcome;

/**
 * A job that has been worked, and what became of it.
 *
 * @param job the job as it was claimed
 * @param outcome how its attempt ended
 * @param recorded whether the store has taken that down. If not, the lease was lost
 * meanwhile: the job was cancelled, deleted or expired, or another worker has it, and
 * what its handler did counts for nothing
 * @since 0.1
 */
public record HandledJob(Job job, Outcome outcome, boolean recorded) {

	/**
	 * Whether the job is done.
	 * @return true if its handler succeeded and the store knows
	 */
	public boolean succeeded() {
		return this.recorded && this.outcome instanceof Outcome.Succeeded;
	}

}
