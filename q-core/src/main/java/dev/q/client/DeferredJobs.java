package dev.q.client;

import java.util.ArrayList;
import java.util.List;

import dev.q.JobRequest;
import dev.q.JobsNotStoredException;
import dev.q.NotReplicatedException;
import dev.q.job.JobId;

/**
 * Jobs of a transaction that is not committed yet: checked, encoded, and not stored.
 *
 * @since 0.1
 */
public final class DeferredJobs {

	private final JobWriter writer;

	private final List<Waiting> jobs;

	DeferredJobs(JobWriter writer, List<Waiting> jobs) {
		this.writer = writer;
		this.jobs = List.copyOf(jobs);
	}

	/**
	 * Puts the jobs of several calls together.
	 * @param calls at least one, all with one {@link #destination()}
	 * @return the jobs of all calls, in their order
	 */
	public static DeferredJobs sum(List<DeferredJobs> calls) {
		return new DeferredJobs(calls.get(0).writer, calls.stream().flatMap((call) -> call.jobs.stream()).toList());
	}

	/**
	 * Where the jobs go.
	 * @return the same object for all jobs of a template and its views
	 */
	public Object destination() {
		return this.writer;
	}

	/**
	 * Which jobs these are.
	 * @return their ids
	 */
	public List<JobId> ids() {
		return this.jobs.stream().map((waiting) -> waiting.draft().id()).toList();
	}

	/**
	 * Stores the jobs, now that their transaction is committed.
	 * @throws JobsNotStoredException if some could not be stored
	 * @throws NotReplicatedException if all are stored, but some have too few copies
	 */
	public void store() {
		Answers answers = new Answers();
		try {
			this.writer.insert(drafts(), answers);
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
		List<Draft> drafts = new ArrayList<>(this.jobs.size());
		for (Waiting waiting : this.jobs) {
			drafts.add(waiting.draft().at(drafts.size()));
		}
		return drafts;
	}

	private JobsNotStoredException notStored(Answers answers, RuntimeException cause) {
		List<JobRequest> requests = new ArrayList<>();
		for (int i = 0; i < this.jobs.size(); i++) {
			if (!answers.isAccepted(i)) {
				requests.add(this.jobs.get(i).request());
				this.writer.publishNotStored(this.jobs.get(i).draft(), String.valueOf(cause.getMessage()));
			}
		}
		JobsNotStoredException failure = new JobsNotStoredException(requests, answers.accepted(), cause);
		answers.shortfall().ifPresent(failure::addSuppressed);
		return failure;
	}

	/**
	 * Gives the jobs up, and tells the listeners.
	 * @param reason why, for people
	 */
	public void abandon(String reason) {
		this.jobs.forEach((waiting) -> this.writer.publishNotStored(waiting.draft(), reason));
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
