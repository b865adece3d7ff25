package dev.q.store;

import java.util.Collection;
import java.util.Set;

import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.QueueName;

/**
 * Intervening, for people. Each method looks at the state of a job and changes it in one
 * step, and says which jobs it changed; a job in the wrong state, or an unknown one, is
 * left as it is.
 *
 * @since 0.1
 */
public interface JobControl {

	/**
	 * Ends jobs that have not ended. A running one loses its lease in the same step.
	 * @param ids which jobs
	 * @param reason why, for people
	 * @return the jobs that are cancelled now
	 */
	Set<JobId> cancel(Collection<JobId> ids, String reason);

	/**
	 * Makes jobs ready again that are dead, cancelled or expired, at the end of their
	 * priority. Their failures and crashes are forgotten, their time to live and deadline
	 * too; their deliveries go on counting. A job whose unique key was taken by another
	 * one meanwhile stays as it is.
	 * @param ids which jobs
	 * @return the jobs that are ready now
	 */
	Set<JobId> retry(Collection<JobId> ids);

	/**
	 * Deletes jobs, in whatever state. A running one loses its lease in the same step.
	 * @param ids which jobs
	 * @return the jobs that are gone now
	 */
	Set<JobId> delete(Collection<JobId> ids);

	/**
	 * Gives waiting jobs another time. A job that waits for a retry is scheduled then; a
	 * ready one that is to be ready keeps its place and is not changed.
	 * @param ids which jobs; only those that are scheduled, retrying or ready are changed
	 * @param due when they are to become ready
	 * @return the jobs that were changed
	 */
	Set<JobId> reschedule(Collection<JobId> ids, Due due);

	/**
	 * Makes a queue stop taking jobs in, handing them out, or both. Replaces what was set
	 * before, and is remembered even when the queue is empty or was never used.
	 * @param queue which queue
	 * @param mode what it is not to do
	 */
	void pause(QueueName queue, PauseMode mode);

	/**
	 * Makes a queue do everything again.
	 * @param queue which queue
	 */
	default void resume(QueueName queue) {
		pause(queue, PauseMode.NONE);
	}

}
