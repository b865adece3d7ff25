package dev.q.client;

import java.util.ArrayList;
import java.util.List;

import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.StoreException;
import dev.q.store.WorkStore;

/**
 * Stores jobs in as few steps as the store allows, and announces them.
 */
final class JobWriter implements SingleInsert {

	/** Most groups for one call of the store, so that a call stays bounded. */
	static final int MAX_GROUPS = 16;

	private final WorkStore work;

	private final JobEvents events;

	JobWriter(WorkStore work, JobEvents events) {
		this.work = work;
		this.events = events;
	}

	/**
	 * Stores jobs.
	 * @param drafts the jobs
	 * @param answers takes down what the store says; holds what was said so far when the
	 * store fails
	 * @throws StoreException if the store failed
	 */
	void insert(List<Draft> drafts, Answers answers) {
		List<Batch> batches = drafts.isEmpty() ? List.of() : Batch.of(drafts);
		for (int from = 0; from < batches.size(); from += MAX_GROUPS) {
			insertBatches(batches.subList(from, Math.min(batches.size(), from + MAX_GROUPS)), answers);
		}
	}

	@Override
	public void insert(Draft draft, Answers answers) {
		insertBatches(List.of(new Batch(List.of(draft))), answers);
	}

	private void insertBatches(List<Batch> batches, Answers answers) {
		List<InsertAnswer> said = write(batches);
		for (int i = 0; i < said.size(); i++) {
			take(batches.get(i), said.get(i), answers);
		}
	}

	/**
	 * Asks the store, in one call.
	 * @param batches what is to be stored
	 * @return what the store says to each of them; nobody is told of it yet
	 * @throws StoreException if the store failed
	 */
	List<InsertAnswer> write(List<Batch> batches) {
		List<InsertGroup> groups = new ArrayList<>(batches.size());
		for (Batch batch : batches) {
			groups.add(batch.group());
		}
		List<InsertAnswer> said = this.work.insert(groups);
		StoreException.requireAnswers("groups", batches.size(), said.size());
		return said;
	}

	/**
	 * Takes down what the store said, and announces what is stored.
	 * @param batch what was to be stored
	 * @param said what the store said to it
	 * @param answers takes it down
	 */
	void take(Batch batch, InsertAnswer said, Answers answers) {
		publish(answers.add(batch, said));
	}

	private void publish(List<Draft> stored) {
		if (!this.events.isSilent()) {
			stored.forEach((draft) -> this.events.publish(new JobEvent.Enqueued(draft.id(), draft.job().spec())));
		}
	}

	void publishNotStored(Draft draft, String reason) {
		this.events.publish(new JobEvent.NotStored(draft.id(), draft.job().spec(), reason));
	}

}
