package dev.q.event;

import java.time.Duration;

import dev.q.job.DeadReason;
import dev.q.job.Job;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.Outcome;
import dev.q.job.ReleaseReason;
import dev.q.job.StoredResult;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a job. Where an event carries a {@link Job}, it is the job
 * as its worker claimed it, unless the event says otherwise.
 *
 * @since 0.1
 */
public sealed interface JobEvent {

	/**
	 * Which job.
	 * @return its id
	 */
	JobId id();

	/**
	 * What the job is.
	 * @return its spec, with queue and type
	 */
	JobSpec spec();

	/**
	 * An event of a job that has been claimed.
	 */
	sealed interface OfJob extends JobEvent {

		/**
		 * The job.
		 * @return as it was at that moment
		 */
		Job job();

		@Override
		default JobId id() {
			return job().id();
		}

		@Override
		default JobSpec spec() {
			return job().spec();
		}

	}

	/**
	 * A job was stored; one that was stored in a transaction of its caller, once that is
	 * committed. Not told of a duplicate, nor of a job that comes by a schedule.
	 *
	 * @param id which job
	 * @param spec what it is
	 */
	record Enqueued(JobId id, JobSpec spec) implements JobEvent {
	}

	/**
	 * A job was not stored, since its id is known or another job has its unique key. If
	 * that was in a transaction of its caller, it may be rolled back yet.
	 *
	 * @param id which job; the one of the request
	 * @param spec what it was to be
	 * @param holder the job in whose favour it was left out; the same one if its id is
	 * known
	 */
	record Deduplicated(JobId id, JobSpec spec, JobId holder) implements JobEvent {
	}

	/**
	 * A job was not stored, since the store refused it. Not told of what never reached
	 * the store: requests that are not valid, and calls that failed.
	 *
	 * @param id which job
	 * @param spec what it was to be
	 * @param reason why
	 */
	record Refused(JobId id, JobSpec spec, RefusalReason reason) implements JobEvent {
	}

	/**
	 * A job was stored, but fewer servers have a copy of it than it asked for. It is told
	 * of as enqueued too.
	 *
	 * @param id which job
	 * @param spec what it is
	 */
	record NotReplicated(JobId id, JobSpec spec) implements JobEvent {
	}

	/**
	 * A job that waited for the commit of its caller's transaction was not stored after
	 * that. Not told after a rollback.
	 *
	 * @param id which job
	 * @param spec what it was to be
	 * @param reason why, for people
	 */
	record NotStored(JobId id, JobSpec spec, String reason) implements JobEvent {
	}

	/**
	 * An attempt begins.
	 *
	 * @param job the job
	 */
	record Started(Job job) implements OfJob {
	}

	/**
	 * A job is done.
	 *
	 * @param job the job
	 * @param result what it left behind
	 * @param took how long the attempt took
	 */
	record Succeeded(Job job, StoredResult result, Duration took) implements OfJob {
	}

	/**
	 * An attempt failed, and another one follows.
	 *
	 * @param job the job
	 * @param delay how long until then
	 * @param error the failure
	 * @param took how long the attempt took
	 */
	record Retried(Job job, Duration delay, JobError error, Duration took) implements OfJob {
	}

	/**
	 * A job is dead.
	 *
	 * @param job the job; as it is now if its worker was lost
	 * @param reason why
	 * @param error the failure
	 * @param took how long the attempt took, or null if nobody knows, since its worker
	 * was lost or no handler ran
	 */
	record Died(Job job, DeadReason reason, JobError error, @Nullable Duration took) implements OfJob {
	}

	/**
	 * A job was cancelled: by its handler, which the process hears that ran it, or by
	 * somebody else, which the process hears that did it.
	 *
	 * @param job the job; as it is now if somebody else cancelled it
	 * @param reason why, for people
	 * @param took how long the attempt took, or null if somebody else cancelled the job
	 */
	record Cancelled(Job job, String reason, @Nullable Duration took) implements OfJob {
	}

	/**
	 * A job was handed back without a failure.
	 *
	 * @param job the job
	 * @param reason why
	 * @param delay how long until it may be claimed again
	 * @param took how long the attempt took, or null if no handler ran or nobody knows
	 */
	record Released(Job job, ReleaseReason reason, Duration delay, @Nullable Duration took) implements OfJob {
	}

	/**
	 * A worker has lost a job that it still held.
	 *
	 * @param job the job
	 */
	record LeaseLost(Job job) implements OfJob {
	}

	/**
	 * An attempt came to its end after its job was lost, or with an outcome that its
	 * store refuses to write, so that its outcome counts for nothing. What its handler
	 * did besides is done.
	 *
	 * @param job the job
	 * @param outcome what would have become of it
	 */
	record Stale(Job job, Outcome outcome) implements OfJob {
	}

	/**
	 * A handler did not come back though its time was up and it was interrupted. Its
	 * thread is given up.
	 *
	 * @param job the job
	 */
	record Abandoned(Job job) implements OfJob {
	}

	/**
	 * A job was taken back from a worker whose lease ran out, to be handed out again.
	 *
	 * @param job the job as it is now
	 */
	record Recovered(Job job) implements OfJob {
	}

	/**
	 * A job came to the end of its time.
	 *
	 * @param job the job as it is now
	 */
	record Expired(Job job) implements OfJob {
	}

	/**
	 * Why a job was refused.
	 */
	enum RefusalReason {

		/** Its queue has no room. */
		FULL,

		/** Its queue takes nothing in for now. */
		PAUSED,

		/** Another job has its unique key, and it asked for an exception. */
		KEY_TAKEN

	}

}
