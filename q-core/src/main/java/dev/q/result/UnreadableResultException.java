package dev.q.result;

import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.QException;

/**
 * A job succeeded, and what it left behind cannot be read as the class that was asked
 * for. The result stays where it is.
 *
 * @since 0.1
 */
public class UnreadableResultException extends QException {

	/**
	 * Reports a result.
	 * @param id of which job
	 * @param spec what the job is
	 * @param type what it was to be read as
	 * @param cause why that cannot be
	 */
	public UnreadableResultException(JobId id, JobSpec spec, Class<?> type, Throwable cause) {
		super("The result of job %s of type %s in queue %s cannot be read as %s: %s".formatted(id, spec.type(),
				spec.queue(), type.getTypeName(), cause.getMessage()), cause);
	}

}
