package dev.q.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.TransactionMode;
import dev.q.UnsupportedJobOptionException;
import dev.q.client.DeferredJobs.Outside;
import dev.q.client.DeferredJobs.Waiting;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;
import dev.q.store.TransactionStore;

/**
 * Stores jobs that are enqueued in a transaction of their caller: in it, after its
 * commit, or past it. No thread ever writes for another one here.
 */
final class TransactionWriter {

	private final JobStore store;

	private final Outside outside;

	/**
	 * Makes a writer.
	 * @param store where the jobs go; it, or the one that holds their queue, may write in
	 * transactions
	 * @param outside the way past them
	 */
	TransactionWriter(JobStore store, Outside outside) {
		this.store = store;
		this.outside = outside;
	}

	/**
	 * Stores jobs, or sees to it that they will be.
	 * @param drafts the jobs
	 * @param transaction takes what is to be done after its commit
	 * @param again what can be sent again in place of a job
	 * @param answers takes down what becomes of the jobs
	 * @throws UnsupportedJobOptionException if a job is to join the transaction and
	 * cannot; nothing was stored then
	 */
	void insert(List<Draft> drafts, Consumer<DeferredJobs> transaction, Function<Draft, JobRequest> again,
			Answers answers) {
		Map<JobStore, List<Draft>> joining = new LinkedHashMap<>();
		List<Draft> waiting = new ArrayList<>();
		List<Draft> apart = new ArrayList<>();
		for (Draft draft : drafts) {
			JobStore holder = this.store.storeOf(draft.queue());
			switch (mode(draft, holder)) {
				case JOIN -> joining.computeIfAbsent(holder, (store) -> new ArrayList<>()).add(draft);
				case AFTER_COMMIT -> waiting.add(draft);
				case NONE -> apart.add(draft);
			}
		}
		joining.forEach((holder, own) -> join(holder, own, transaction, answers));
		if (!waiting.isEmpty()) {
			transaction.accept(DeferredJobs.waiting(this.outside,
					waiting.stream().map((draft) -> new Waiting(draft, again.apply(draft))).toList()));
			waiting.forEach(answers::defer);
		}
		this.outside.writer().insert(apart, answers);
	}

	/**
	 * Makes sure that a job waits for the commit, and is not to be stored before it.
	 * @throws UnsupportedJobOptionException if it is to join the transaction
	 */
	void requireDeferred(Draft draft) {
		if (mode(draft, this.store.storeOf(draft.queue())) == TransactionMode.JOIN) {
			throw new UnsupportedJobOptionException(draft.id(), "enqueueAsync in the transaction that it joins",
					"Only the thread of a transaction can write in it. Call enqueue, or choose transaction AFTER_COMMIT or NONE");
		}
	}

	private static TransactionMode mode(Draft draft, JobStore holder) {
		boolean isJoinable = holder.transaction().filter(TransactionStore::isJoinable).isPresent();
		TransactionMode asked = draft.transaction();
		if (asked == null) {
			return isJoinable ? TransactionMode.JOIN : TransactionMode.AFTER_COMMIT;
		}
		if (asked == TransactionMode.JOIN && !isJoinable) {
			throw new UnsupportedJobOptionException(draft.id(), "transaction JOIN",
					"The transaction of its caller is one of another resource than the DataSource of store %s. Enqueue in a transaction of that DataSource, or choose AFTER_COMMIT or NONE"
						.formatted(holder.name()));
		}
		return asked;
	}

	private void join(JobStore holder, List<Draft> drafts, Consumer<DeferredJobs> transaction, Answers answers) {
		TransactionStore joined = holder.transaction().orElseThrow();
		new JobWriter((groups) -> insert(joined, groups, drafts.get(0)), JobReceipt.Status.JOINED,
				new AfterCommit(this.outside, transaction))
			.insert(drafts, answers);
	}

	/**
	 * A transaction in which nothing can be written is no failure of the store, so that
	 * the caller may know that nothing was stored.
	 */
	private static List<InsertAnswer> insert(TransactionStore store, List<InsertGroup> groups, Draft first) {
		try {
			return store.insert(groups);
		}
		catch (IllegalStateException ex) {
			UnsupportedJobOptionException refusal = new UnsupportedJobOptionException(first.id(),
					"a place in the transaction of its caller", String.valueOf(ex.getMessage()));
			refusal.initCause(ex);
			throw refusal;
		}
	}

	/**
	 * Tells of stored jobs once their transaction is committed, and of others at once.
	 *
	 * @param outside tells
	 * @param transaction takes what is to be done after its commit
	 */
	private record AfterCommit(Outside outside, Consumer<DeferredJobs> transaction) implements JobWriter.Hearer {

		@Override
		public void stored(List<Draft> drafts) {
			if (!drafts.isEmpty() && !this.outside.announcements().isSilent()) {
				this.transaction.accept(DeferredJobs.joined(this.outside, drafts));
			}
		}

		@Override
		public void answered(Batch batch, InsertAnswer answer) {
			this.outside.announcements().answered(batch, answer);
		}

	}

}
