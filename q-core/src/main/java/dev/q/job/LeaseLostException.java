package dev.q.job;

/**
 * A job cannot be settled in a transaction, since this worker has lost it: it was
 * cancelled or deleted, its time was over, or another worker has it. The transaction must
 * be rolled back, so that what was done in it does not count twice.
 *
 * @since 0.1
 */
public class LeaseLostException extends QException {

	/**
	 * Reports a lost job.
	 * @param job the job as it was claimed
	 */
	public LeaseLostException(Job job) {
		super("Job %s of type %s in queue %s is lost to this worker. Let this exception roll the transaction back"
			.formatted(job.id(), job.spec().type(), job.spec().queue()));
	}

}
