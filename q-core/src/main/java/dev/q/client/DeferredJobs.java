package dev.q.client;

import java.util.ArrayList;
import java.util.List;

import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobsNotStoredException;
import dev.q.NotReplicatedException;
import dev.q.job.JobId;

/**
 * Jobs of a transaction that is not committed yet. Some are stored in it, and listeners
 * are to hear of them. The others are checked, encoded and not stored.
 *
 * @since 0.1
 */
public final class DeferredJobs {

	private final Outside outside;

	private final List<Draft> joined;

	private final List<Waiting> waiting;

	private DeferredJobs(Outside outside, List<Draft> joined, List<Waiting> waiting) {
		this.outside = outside;
		this.joined = List.copyOf(joined);
		this.waiting = List.copyOf(waiting);
	}

	static DeferredJobs joined(Outside outside, List<Draft> jobs) {
		return new DeferredJobs(outside, jobs, List.of());
	}

	static DeferredJobs waiting(Outside outside, List<Waiting> jobs) {
		return new DeferredJobs(outside, List.of(), jobs);
	}

	/**
	 * Puts the jobs of several calls together.
	 * @param calls at least one, all with one {@link #destination()}
	 * @return the jobs of all calls, in their order
	 */
	public static DeferredJobs sum(List<DeferredJobs> calls) {
		return new DeferredJobs(calls.get(0).outside, calls.stream().flatMap((call) -> call.joined.stream()).toList(),
				calls.stream().flatMap((call) -> call.waiting.stream()).toList());
	}

	/**
	 * Where the jobs go.
	 * @return the same object for all jobs of a template and its views
	 */
	public Object destination() {
		return this.outside;
	}

	/**
	 * Which jobs are not stored.
	 * @return their ids
	 */
	public List<JobId> waiting() {
		return this.waiting.stream().map((job) -> job.draft().id()).toList();
	}

	/**
	 * Stores the jobs that wait, now that their transaction is committed, and tells of
	 * those that were stored in it.
	 * @throws JobsNotStoredException if some could not be stored
	 * @throws NotReplicatedException if all are stored, but some have too few copies
	 */
	public void committed() {
		this.outside.announcements().stored(this.joined);
		if (!this.waiting.isEmpty()) {
			store();
		}
	}

	private void store() {
		Answers answers = new Answers();
		try {
			this.outside.writer().insert(drafts(), answers);
		}
		catch (RuntimeException ex) {
			throw notStored(answers, ex);
		}
		answers.rejection().ifPresent((ex) -> {
			throw notStored(answers, ex);
		});
		answers.shortfall().ifPresent((ex) -> {
			throw ex;
		});
	}

	/** Their places are those in the transaction from here on. */
	private List<Draft> drafts() {
		List<Draft> drafts = new ArrayList<>(this.waiting.size());
		for (Waiting job : this.waiting) {
			drafts.add(job.draft().at(drafts.size()));
		}
		return drafts;
	}

	private JobsNotStoredException notStored(Answers answers, RuntimeException cause) {
		List<JobRequest> requests = new ArrayList<>();
		for (int i = 0; i < this.waiting.size(); i++) {
			if (!answers.isAccepted(i)) {
				requests.add(this.waiting.get(i).request());
				this.outside.announcements().notStored(this.waiting.get(i).draft(), String.valueOf(cause.getMessage()));
			}
		}
		JobsNotStoredException failure = new JobsNotStoredException(requests, answers.accepted(), cause);
		answers.shortfall().ifPresent(failure::addSuppressed);
		return failure;
	}

	/**
	 * Gives up the jobs that wait, and tells the listeners. Nothing is said of those that
	 * were stored in the transaction: they are there if it was committed.
	 * @param reason why, for people
	 */
	public void abandon(String reason) {
		this.waiting.forEach((job) -> this.outside.announcements().notStored(job.draft(), reason));
	}

	/**
	 * The way into the store past any transaction.
	 *
	 * @param writer stores jobs at once, and tells of them
	 * @param announcements tells of jobs
	 */
	record Outside(JobWriter writer, Announcements announcements) {

		static Outside of(JobWriter.Inserts store, Announcements announcements) {
			return new Outside(new JobWriter(store, JobReceipt.Status.STORED, announcements), announcements);
		}

	}

	/**
	 * A job that waits.
	 *
	 * @param draft what is stored
	 * @param request what can be sent again instead
	 */
	record Waiting(Draft draft, JobRequest request) {
	}

}
