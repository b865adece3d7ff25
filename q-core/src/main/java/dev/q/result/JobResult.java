package dev.q.result;

import dev.q.job.DeadReason;
import dev.q.job.JobError;
import dev.q.job.JobState;
import org.jspecify.annotations.Nullable;

/**
 * How a job stands, or how it ended.
 *
 * @param <T> what its handler returns
 * @since 0.1
 */
public sealed interface JobResult<T> {

	/**
	 * Whether the job has ended, or is not there any more.
	 * @return false if it waits or runs
	 */
	default boolean hasEnded() {
		return !(this instanceof Pending) && !(this instanceof Running);
	}

	/**
	 * The job waits.
	 *
	 * @param <T> what its handler returns
	 * @param state for what
	 */
	record Pending<T>(JobState state) implements JobResult<T> {
	}

	/**
	 * The job runs.
	 *
	 * @param <T> what its handler returns
	 */
	record Running<T>() implements JobResult<T> {
	}

	/**
	 * The job is done.
	 *
	 * @param <T> what its handler returns
	 * @param value what it returned; null if that was nothing, or if it was not kept
	 * @param omitted why it was not kept, for people, or null
	 */
	record Succeeded<T>(@Nullable T value, @Nullable String omitted) implements JobResult<T> {
	}

	/**
	 * The job is dead. A manual retry brings it back.
	 *
	 * @param <T> what its handler returns
	 * @param error its last failure
	 * @param reason why no other attempt follows
	 */
	record Failed<T>(JobError error, DeadReason reason) implements JobResult<T> {
	}

	/**
	 * The job was ended by an operator or by its handler.
	 *
	 * @param <T> what its handler returns
	 * @param reason why, for people
	 */
	record Cancelled<T>(String reason) implements JobResult<T> {
	}

	/**
	 * The job came to the end of its time.
	 *
	 * @param <T> what its handler returns
	 */
	record Expired<T>() implements JobResult<T> {
	}

	/**
	 * There is no such job: it was deleted, or its record was not kept as long, or there
	 * never was one.
	 *
	 * @param <T> what its handler returns
	 */
	record NotFound<T>() implements JobResult<T> {
	}

	/**
	 * There is no such job that lives, and of jobs that succeed no record is kept here.
	 *
	 * @param <T> what its handler returns
	 */
	record TrackingDisabled<T>() implements JobResult<T> {
	}

}
