package dev.q.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.q.JobReceipt;
import dev.q.job.QueueName;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.StoreException;

/**
 * Stores jobs in as few steps as the store allows, and tells which are stored.
 */
final class JobWriter implements SingleInsert {

	/**
	 * Most groups for one call of the store, so that a call stays bounded; by bytes it is
	 * bounded as a batch is, and one batch more.
	 */
	static final int MAX_GROUPS = 16;

	private final Inserts store;

	private final JobReceipt.Status status;

	private final Hearer hearer;

	/**
	 * Makes a writer.
	 * @param store takes the jobs
	 * @param status what that means for a job
	 * @param hearer told what became of the jobs
	 */
	JobWriter(Inserts store, JobReceipt.Status status, Hearer hearer) {
		this.store = store;
		this.status = status;
		this.hearer = hearer;
	}

	/**
	 * Stores jobs. A call goes to one server only, so that the failure of one leaves the
	 * jobs that another holds alone.
	 * @param drafts the jobs
	 * @param answers takes down what the store says; holds what was said so far when the
	 * store fails
	 * @throws StoreException if the store failed
	 */
	void insert(List<Draft> drafts, Answers answers) {
		Map<Object, List<Batch>> byHolder = new LinkedHashMap<>();
		for (Batch batch : drafts.isEmpty() ? List.<Batch>of() : Batch.of(drafts)) {
			byHolder.computeIfAbsent(this.store.holderOf(batch.queue()), (holder) -> new ArrayList<>()).add(batch);
		}
		RuntimeException failure = null;
		for (List<Batch> batches : byHolder.values()) {
			try {
				insertInPieces(batches, answers);
			}
			catch (RuntimeException ex) {
				if (failure != null) {
					ex.addSuppressed(failure);
				}
				failure = ex;
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

	private void insertInPieces(List<Batch> batches, Answers answers) {
		int from = 0;
		while (from < batches.size()) {
			int to = endOfPiece(batches, from);
			insertBatches(batches.subList(from, to), answers);
			from = to;
		}
	}

	private static int endOfPiece(List<Batch> batches, int from) {
		int to = from;
		long bytes = 0;
		while (to < batches.size() && to - from < MAX_GROUPS && bytes < Batch.MAX_BYTES) {
			bytes += batches.get(to).bytes();
			to++;
		}
		return to;
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
		List<InsertAnswer> said = this.store.insert(groups);
		StoreException.requireAnswers("groups", batches.size(), said.size());
		return said;
	}

	/**
	 * Takes down what the store said, and tells of it.
	 * @param batch what was to be stored
	 * @param said what the store said to it
	 * @param answers takes it down
	 */
	void take(Batch batch, InsertAnswer said, Answers answers) {
		this.hearer.stored(answers.add(batch, said, this.status));
		this.hearer.answered(batch, said);
	}

	/** A way into the store. */
	@FunctionalInterface
	interface Inserts {

		/** As {@link dev.q.store.WorkStore#insert} does. */
		List<InsertAnswer> insert(List<InsertGroup> groups);

		/**
		 * Whose failure the jobs of a queue share.
		 * @param queue which queue
		 * @return the same for all queues of a server
		 */
		default Object holderOf(QueueName queue) {
			return this;
		}

	}

	/** Hears of what the store said. */
	interface Hearer {

		/**
		 * Jobs are stored.
		 * @param drafts the jobs; may be empty
		 */
		void stored(List<Draft> drafts);

		/**
		 * The store has answered, also of jobs that are not stored.
		 * @param batch what was to be stored
		 * @param answer what the store said
		 */
		void answered(Batch batch, InsertAnswer answer);

	}

}
