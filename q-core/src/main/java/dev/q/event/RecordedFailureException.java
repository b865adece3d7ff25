package dev.q.event;

import dev.q.job.JobError;
import dev.q.job.QException;

/**
 * A failure of which there is only what the store keeps of it: nothing was thrown in this
 * process.
 *
 * @since 0.1
 */
public class RecordedFailureException extends QException {

	/**
	 * Stands for a failure.
	 * @param error what is kept of it
	 */
	public RecordedFailureException(JobError error) {
		super(error.summary());
	}

}
