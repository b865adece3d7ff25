package dev.q;

import java.util.List;

import dev.q.job.QException;

/**
 * A transaction is committed, and jobs that waited for that could not be stored. Thrown
 * to whoever ended the transaction; its data stays, since it was committed before.
 *
 * <p>
 * The requests can be sent again as they are: {@code jobs.enqueueAll(ex.requests())}.
 * Should one be stored after all, because the store failed while it answered, it is a
 * duplicate then.
 *
 * <p>
 * Jobs that are stored with too few copies are not among them. If there are such jobs
 * beside those that are not stored, a {@link NotReplicatedException} is suppressed in
 * this exception; if they are all, it is thrown in its place.
 *
 * @since 0.1
 */
public class JobsNotStoredException extends QException {

	private final transient List<JobRequest> requests;

	private final transient List<JobReceipt> stored;

	/**
	 * Reports jobs.
	 * @param requests the jobs that are not stored, or not for certain, with their ids
	 * @param stored receipts of the jobs of the same transaction that are
	 * @param cause why: a {@link JobRejectedException}, or a failure of the store
	 */
	public JobsNotStoredException(List<JobRequest> requests, List<JobReceipt> stored, Throwable cause) {
		super(("%d of %d jobs were not stored after the commit of their transaction, whose data stays: %s. "
				+ "Enqueue requests() again; their ids are kept, so that none is stored twice")
			.formatted(requests.size(), requests.size() + stored.size(), cause.getMessage()), cause);
		this.requests = List.copyOf(requests);
		this.stored = List.copyOf(stored);
	}

	/**
	 * The jobs that are not stored, or of which nobody knows because the store failed.
	 * @return requests in the order of their enqueues, each with the id of its receipt
	 * and the options of the view it came through
	 */
	public List<JobRequest> requests() {
		return this.requests;
	}

	/**
	 * The jobs of the transaction that are stored, or were there before.
	 * @return their receipts, in the order of their enqueues
	 */
	public List<JobReceipt> stored() {
		return this.stored;
	}

}
