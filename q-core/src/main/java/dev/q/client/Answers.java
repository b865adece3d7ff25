package dev.q.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.q.JobReceipt;
import dev.q.JobRejectedException;
import dev.q.NotReplicatedException;
import dev.q.job.JobId;
import dev.q.job.UniqueKey;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertAnswer.Entry;
import dev.q.store.StoreException;

/**
 * What the store said to the jobs of one call.
 */
final class Answers {

	/** By place of the request in the call. */
	private final Map<Integer, JobReceipt> receipts = new TreeMap<>();

	private final Map<Refusal, List<Draft>> refusals = new LinkedHashMap<>();

	private final Shortfalls shortfalls = new Shortfalls();

	/**
	 * Takes down an answer.
	 * @param batch what was to be stored
	 * @param answer what the store said
	 * @param stored what that means for the jobs that it has taken
	 * @return the jobs that are stored by it
	 */
	List<Draft> add(Batch batch, InsertAnswer answer, JobReceipt.Status stored) {
		if (answer instanceof InsertAnswer.Accepted accepted) {
			return accept(batch, accepted.jobs(), stored);
		}
		if (answer instanceof InsertAnswer.NotReplicated few) {
			List<Draft> copied = accept(batch, few.jobs(), stored);
			this.shortfalls.add(few, copied);
			return copied;
		}
		Refusal refusal = (answer instanceof InsertAnswer.Full full)
				? new Refusal.Full(batch.queue(), full.limit(), full.length()) : new Refusal.Paused(batch.queue());
		batch.drafts().forEach((draft) -> refuse(draft, refusal));
		return List.of();
	}

	private List<Draft> accept(Batch batch, List<Entry> entries, JobReceipt.Status status) {
		StoreException.requireAnswers("jobs", batch.drafts().size(), entries.size());
		List<Draft> stored = new ArrayList<>(entries.size());
		for (int i = 0; i < entries.size(); i++) {
			Draft draft = batch.drafts().get(i);
			Entry entry = entries.get(i);
			if (entry.stored()) {
				stored.add(draft);
			}
			if (isConflict(draft, entry)) {
				refuse(draft, new Refusal.Taken(draft.id(), entry.id()));
			}
			else {
				this.receipts.put(draft.position(),
						new JobReceipt(entry.id(), draft.queue(), entry.stored() ? status : statusOf(entry)));
			}
		}
		return stored;
	}

	private static JobReceipt.Status statusOf(Entry entry) {
		return entry.changed() ? JobReceipt.Status.UPDATED : JobReceipt.Status.DUPLICATE;
	}

	static boolean isConflict(Draft draft, Entry entry) {
		UniqueKey key = draft.job().spec().unique();
		return !entry.stored() && key != null && key.conflict() == UniqueKey.Conflict.THROW
				&& !entry.id().equals(draft.id());
	}

	/**
	 * Takes down that a job waits for a commit.
	 * @param draft the job
	 */
	void defer(Draft draft) {
		this.receipts.put(draft.position(), new JobReceipt(draft.id(), draft.queue(), JobReceipt.Status.DEFERRED));
	}

	private void refuse(Draft draft, Refusal refusal) {
		this.refusals.computeIfAbsent(refusal, (reason) -> new ArrayList<>()).add(draft);
	}

	/**
	 * The receipts of all jobs.
	 * @return in the order of the requests
	 * @throws JobRejectedException if a job was refused
	 * @throws NotReplicatedException if none was, but some have too few copies
	 */
	List<JobReceipt> receipts() {
		Optional<NotReplicatedException> shortfall = shortfall();
		rejection().ifPresent((rejection) -> {
			shortfall.ifPresent(rejection::addSuppressed);
			throw rejection;
		});
		shortfall.ifPresent((ex) -> {
			throw ex;
		});
		return accepted();
	}

	/**
	 * The receipts of the jobs that were not refused.
	 * @return in the order of the requests
	 */
	List<JobReceipt> accepted() {
		return List.copyOf(this.receipts.values());
	}

	boolean isAccepted(int position) {
		return this.receipts.containsKey(position);
	}

	/**
	 * What is said of jobs that are stored, but have too few copies.
	 * @return an exception that says so, or empty if there are none
	 */
	Optional<NotReplicatedException> shortfall() {
		return this.shortfalls.isEmpty() ? Optional.empty() : Optional.of(this.shortfalls.exception(accepted()));
	}

	/**
	 * What is said of jobs that were refused.
	 * @return an exception that says so, or empty if there are none
	 */
	Optional<JobRejectedException> rejection() {
		if (this.refusals.isEmpty()) {
			return Optional.empty();
		}
		List<JobReceipt> stored = accepted();
		List<JobRejectedException> reasons = this.refusals.entrySet()
			.stream()
			.map((entry) -> entry.getKey().exception(Draft.ids(entry.getValue()), stored))
			.toList();
		return Optional.of((reasons.size() == 1) ? reasons.get(0) : several(reasons, stored));
	}

	private JobRejectedException several(List<JobRejectedException> reasons, List<JobReceipt> stored) {
		List<JobId> refused = Draft.ids(this.refusals.values().stream().flatMap(List::stream).toList());
		JobRejectedException sum = new JobRejectedException(
				"%d of %d jobs were not stored, for %d reasons; the first is: %s".formatted(refused.size(),
						refused.size() + stored.size(), reasons.size(), reasons.get(0).getMessage()),
				refused, stored);
		reasons.forEach(sum::addSuppressed);
		return sum;
	}

}
