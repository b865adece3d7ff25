package dev.q;

import java.util.List;

import dev.q.job.JobId;
import dev.q.job.QException;

/**
 * Jobs were refused, and not stored. When several were enqueued at once, some of the
 * others may be stored, be part of a transaction or wait for its commit; this exception
 * says which.
 *
 * @since 0.1
 */
public class JobRejectedException extends QException {

	private final transient List<JobReceipt> stored;

	private final transient List<JobId> refused;

	/**
	 * Reports a refusal.
	 * @param message why, and what to do
	 * @param refused the jobs that are not stored
	 * @param stored receipts of the jobs of the same call that are
	 */
	public JobRejectedException(String message, List<JobId> refused, List<JobReceipt> stored) {
		super(message);
		this.refused = List.copyOf(refused);
		this.stored = List.copyOf(stored);
	}

	/**
	 * The jobs of the call that are stored all the same, be it in a transaction, or wait
	 * for a commit.
	 * @return their receipts; empty after the enqueue of a single job
	 */
	public List<JobReceipt> stored() {
		return this.stored;
	}

	/**
	 * The jobs of the call that are not stored.
	 * @return their ids
	 */
	public List<JobId> refused() {
		return this.refused;
	}

}
