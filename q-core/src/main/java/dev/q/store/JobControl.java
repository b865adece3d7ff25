package dev.q.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
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
	 * Ends jobs that have not ended. A running one loses its lease in the same step. One
	 * that waits for the key of another one of them may become ready before it ends.
	 * @param ids which jobs
	 * @param from in which states they must be, all of them before any is ended; none
	 * means any
	 * @param reason why, for people
	 * @return the jobs that are cancelled now
	 */
	Set<JobId> cancel(Collection<JobId> ids, Set<JobState> from, String reason);

	/**
	 * Does the same, in whatever states the jobs are.
	 * @param ids which jobs
	 * @param reason why, for people
	 * @return the jobs that are cancelled now
	 */
	default Set<JobId> cancel(Collection<JobId> ids, String reason) {
		return cancel(ids, Set.of(), reason);
	}

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
	 * Deletes jobs. A running one loses its lease in the same step. One that waits for
	 * the key of another one of them may become ready before it is gone.
	 * @param ids which jobs
	 * @param from in which states they must be, all of them before any is deleted; none
	 * means any
	 * @return the jobs that are gone now
	 */
	Set<JobId> delete(Collection<JobId> ids, Set<JobState> from);

	/**
	 * Does the same, in whatever states the jobs are.
	 * @param ids which jobs
	 * @return the jobs that are gone now
	 */
	default Set<JobId> delete(Collection<JobId> ids) {
		return delete(ids, Set.of());
	}

	/**
	 * Gives waiting jobs another time. A job that waits for a retry is scheduled then; a
	 * ready one that is to be ready keeps its place and is not changed.
	 * @param ids which jobs; only those that are scheduled, retrying or ready are changed
	 * @param due when they are to become ready
	 * @return the jobs that were changed
	 */
	Set<JobId> reschedule(Collection<JobId> ids, Due due);

	/**
	 * Puts waiting jobs on hold: scheduled, without a date, so that nothing makes them
	 * ready but {@link #release} and {@link #reschedule}. They keep what they hold, count
	 * against the limit of their queue, and still expire.
	 * @param ids which jobs; only those that are scheduled, retrying or ready, and not on
	 * hold yet, are changed
	 * @return the jobs that are on hold now
	 */
	Set<JobId> hold(Collection<JobId> ids);

	/**
	 * Makes jobs ready that are on hold, at the end of their priority.
	 * @param ids which jobs; only those on hold are changed
	 * @return the jobs that are ready now
	 */
	Set<JobId> release(Collection<JobId> ids);

	/**
	 * Changes what a job is, if it is still as it was seen. One that stays where it is
	 * keeps its place, unless its priority changes: then a ready one goes to the end of
	 * the new one.
	 * @param edit the job, and what it is to be
	 * @return what came of it
	 */
	EditAnswer edit(Edit edit);

	/**
	 * Makes a queue stop taking jobs in, handing them out, or both. Replaces what was set
	 * before, and is remembered even when the queue is empty or was never used. A queue
	 * that does not do just that already is left as it is, with who said so and since
	 * when: the first who paused it is asked.
	 * @param queue which queue
	 * @param pause what it is not to do, and who says so. The store sets its own time
	 */
	void pause(QueueName queue, Pause pause);

	/**
	 * Does the same, and it is not known who says so.
	 * @param queue which queue
	 * @param mode what it is not to do
	 */
	default void pause(QueueName queue, PauseMode mode) {
		pause(queue, Pause.of(mode));
	}

	/**
	 * Makes a queue do everything again.
	 * @param queue which queue
	 */
	default void resume(QueueName queue) {
		pause(queue, Pause.NONE);
	}

	/**
	 * Deletes what is kept of jobs that have ended, and answers what that was. Jobs that
	 * live, or live again, are left as they are. Of several who ask for one job at the
	 * same time, one is answered. A job that somebody else holds just now, to delete it
	 * or to bring it back, may be left as it is.
	 * @param queue the queue of the jobs; others are not looked into
	 * @param ids which jobs
	 * @return what was known of the jobs that are gone now, in no particular order
	 */
	List<JobDetails> forget(QueueName queue, Collection<JobId> ids);

	/**
	 * What came of an edit.
	 */
	enum EditAnswer {

		/** The job is as wanted. */
		DONE,

		/** Nothing was changed: the job is not as it was seen any more. */
		CHANGED,

		/** Nothing was changed: there is no such job. */
		UNKNOWN,

		/**
		 * Nothing was changed: the job cannot come back, since another one has its key.
		 */
		KEY_TAKEN

	}

	/**
	 * A change of a job. It is fenced by the job as it was seen: state, deliveries and
	 * all parts must be the same still, so that no other change is lost by this one.
	 *
	 * @param seen the job as it was seen; one that neither runs nor has succeeded
	 * @param wanted what it is to be. Payload and its version, priority, tags and headers
	 * may differ
	 * @param then where it goes
	 */
	record Edit(Job seen, JobSpec wanted, Then then) {

		/**
		 * Checks that the job may be changed so.
		 * @throws IllegalArgumentException if its state forbids it, or if a part differs
		 * that cannot be changed; the message says which
		 */
		public Edit {
			if (seen.state() == JobState.RUNNING || seen.state() == JobState.SUCCEEDED) {
				throw new IllegalArgumentException(
						"Job %s is %s and cannot be edited. Only jobs that wait, or that ended without success, can"
							.formatted(seen.id(), seen.state()));
			}
			if (then == Then.RETRY && !seen.state().isTerminal()) {
				throw new IllegalArgumentException(
						"Job %s is %s and cannot be retried. Only jobs that are dead, cancelled or expired can"
							.formatted(seen.id(), seen.state()));
			}
			requireSame(seen, wanted);
		}

		/**
		 * Whether a job is still as it was seen.
		 * @param job the job as it is
		 * @return true if the edit may be made
		 */
		public boolean isOf(Job job) {
			return job.state() == this.seen.state() && job.spec().equals(this.seen.spec())
					&& job.counters().deliveries() == this.seen.counters().deliveries();
		}

		private static void requireSame(Job seen, JobSpec wanted) {
			JobSpec spec = seen.spec();
			JobSpec allowed = new JobSpec(spec.queue(), spec.type(), wanted.payloadVersion(), wanted.payload(),
					wanted.priority(), spec.limits(), spec.delivery(), spec.durability(), spec.unique(), spec.retry(),
					wanted.tags(), wanted.headers());
			if (!allowed.equals(wanted)) {
				throw new IllegalArgumentException(
						"Of job %s payload, payload version, priority, tags and headers can be edited, and nothing else: queue, type, limits, delivery, durability, unique key and retry policy must stay. Enqueue another job instead"
							.formatted(seen.id()));
			}
		}

		/**
		 * Where a job goes when it is changed.
		 */
		public enum Then {

			/** It stays where it is. */
			STAY,

			/** It has ended, and is brought back as by {@link JobControl#retry}. */
			RETRY

		}

	}

}
