package dev.q;

import java.util.List;

import dev.q.job.JobId;
import dev.q.job.QException;

/**
 * Jobs are stored, but fewer copies of them were confirmed in time than their
 * {@link dev.q.job.Durability.Replicated durability} asks for. The jobs exist and will
 * run; they are lost only if the server that holds them is, before it has copied them.
 * Nothing was refused, so this is no {@link JobRejectedException}.
 *
 * <p>
 * There is nothing that must be done. To send a job again with the same id is harmless:
 * it is answered as a {@link JobReceipt.Status#DUPLICATE duplicate}, which says that the
 * job is there, not that it has been copied since. With another id it would run twice.
 *
 * <p>
 * If other jobs of the same call were refused, the exception says that instead, and this
 * one is among the {@link Throwable#getSuppressed() suppressed} ones.
 *
 * @since 0.1
 */
public class NotReplicatedException extends QException {

	private final transient List<JobId> jobs;

	private final int wanted;

	private final int reached;

	private final transient List<JobReceipt> receipts;

	/**
	 * Reports jobs that have too few copies.
	 * @param jobs the jobs, at least one; they are stored
	 * @param wanted how many copies were asked for, beside the first
	 * @param reached how many were confirmed
	 * @param receipts receipts of all jobs of the same call that were not refused, these
	 * included
	 */
	public NotReplicatedException(List<JobId> jobs, int wanted, int reached, List<JobReceipt> receipts) {
		super(message(jobs, wanted, reached));
		this.jobs = List.copyOf(jobs);
		this.wanted = wanted;
		this.reached = reached;
		this.receipts = List.copyOf(receipts);
	}

	private static String message(List<JobId> jobs, int wanted, int reached) {
		String which = (jobs.size() == 1) ? "Job %s is stored and will run".formatted(jobs.get(0))
				: "%d jobs, the first of them %s, are stored and will run".formatted(jobs.size(), jobs.get(0));
		return "%s, but %d of %d copies were confirmed in time. Do not enqueue under another id; the same id again is harmless"
			.formatted(which, reached, wanted);
	}

	/**
	 * The jobs that have too few copies.
	 * @return their ids, in the order of the requests
	 */
	public List<JobId> jobs() {
		return this.jobs;
	}

	/**
	 * How many copies were asked for.
	 * @return the number of copies beside the first. If jobs of one call fell short in
	 * several ways, the most that were asked for; the suppressed exceptions tell them
	 * apart
	 */
	public int wanted() {
		return this.wanted;
	}

	/**
	 * How many copies were confirmed in time. There may be more by now.
	 * @return the number of copies beside the first. If jobs of one call fell short in
	 * several ways, the fewest; the suppressed exceptions tell them apart
	 */
	public int reached() {
		return this.reached;
	}

	/**
	 * What the call would have answered: all its jobs are stored, were there before, or
	 * wait for a commit.
	 * @return receipts of all jobs of the call that were not refused, in the order of the
	 * requests
	 */
	public List<JobReceipt> receipts() {
		return this.receipts;
	}

}
