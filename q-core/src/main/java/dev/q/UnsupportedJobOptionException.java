package dev.q;

import java.util.List;

import dev.q.job.JobId;

/**
 * An option cannot be granted: by this store, not yet by this version of Q, or not in the
 * transaction of the caller. Options are never ignored.
 *
 * @since 0.1
 */
public class UnsupportedJobOptionException extends JobRejectedException {

	/**
	 * Reports an option.
	 * @param job the job that asked for it
	 * @param option what was asked for
	 * @param remedy why it cannot be had, and what can be done
	 */
	public UnsupportedJobOptionException(JobId job, String option, String remedy) {
		super("Job %s was not stored: %s cannot be granted. %s".formatted(job, option, remedy), List.of(job),
				List.of());
	}

}
