package dev.q;

import java.util.List;

import dev.q.job.JobId;

/**
 * A unique key is taken, and the job asked for an exception in that case
 * ({@link dev.q.job.UniqueKey.Conflict#THROW}).
 *
 * @since 0.1
 */
public class DuplicateJobException extends JobRejectedException {

	private final transient JobId holder;

	/**
	 * Reports a taken key.
	 * @param refused the job that is not stored
	 * @param holder the job that holds the key
	 * @param stored receipts of the jobs of the same call that are stored
	 */
	public DuplicateJobException(JobId refused, JobId holder, List<JobReceipt> stored) {
		super("Job %s was not stored: job %s holds its unique key".formatted(refused, holder), List.of(refused),
				stored);
		this.holder = holder;
	}

	/**
	 * The job that holds the key.
	 * @return its id
	 */
	public JobId holder() {
		return this.holder;
	}

}
