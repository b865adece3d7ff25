package dev.q.admin;

import dev.q.job.JobId;
import dev.q.job.QException;
import dev.q.store.JobControl.EditAnswer;

/**
 * A job was not edited, since it is not as it was seen any more. Nothing was changed.
 *
 * @since 0.1
 */
public class JobNotEditedException extends QException {

	private final JobId job;

	private final EditAnswer answer;

	JobNotEditedException(JobId job, EditAnswer answer) {
		super("Job %s was not edited: %s".formatted(job, reason(answer)));
		this.job = job;
		this.answer = answer;
	}

	private static String reason(EditAnswer answer) {
		return switch (answer) {
			case UNKNOWN -> "there is no such job any more";
			case KEY_TAKEN ->
				"it cannot be retried while another job holds its unique key. Wait for that one, or cancel it";
			default -> "somebody changed it or it moved on since it was looked at. Look again, and decide anew";
		};
	}

	/**
	 * Which job.
	 * @return its id
	 */
	public JobId job() {
		return this.job;
	}

	/**
	 * What stood in the way.
	 * @return the answer of the store
	 */
	public EditAnswer answer() {
		return this.answer;
	}

}
