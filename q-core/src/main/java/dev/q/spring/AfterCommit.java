package dev.q.spring;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

import dev.q.client.DeferredJobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The jobs that wait for one transaction, in the order of their enqueues, and those that
 * are stored in it and not announced yet. Used by the thread of the transaction alone.
 *
 * <p>
 * They are stored after the commit, behind the callbacks of others, which may enqueue
 * more; a failure goes to whoever ended the transaction. What comes later than that, or
 * could not be stored because another callback failed, is stored at the completion. From
 * there Spring lets no failure out, but logs it.
 */
final class AfterCommit implements TransactionSynchronization {

	private static final Logger logger = LoggerFactory.getLogger(AfterCommit.class);

	private final Object destination;

	private final List<DeferredJobs> calls = new ArrayList<>();

	/** How many calls there were at each savepoint. */
	private final IdentityHashMap<Object, Integer> savepoints = new IdentityHashMap<>();

	private AfterCommit(Object destination) {
		this.destination = destination;
	}

	static AfterCommit begin(Object destination) {
		AfterCommit waiting = new AfterCommit(destination);
		TransactionSynchronizationManager.registerSynchronization(waiting);
		return waiting;
	}

	/**
	 * Those that wait already. They are looked for among the callbacks of the
	 * transaction, not bound as a resource: that would still be there when a callback at
	 * the completion begins a transaction of its own.
	 * @param callbacks all callbacks of the transaction
	 * @param destination where the jobs go
	 * @return who waits, or empty if nobody does
	 */
	static Optional<AfterCommit> in(List<TransactionSynchronization> callbacks, Object destination) {
		return callbacks.stream()
			.filter(AfterCommit.class::isInstance)
			.map(AfterCommit.class::cast)
			.filter((waiting) -> waiting.destination.equals(destination))
			.findFirst();
	}

	void add(DeferredJobs jobs) {
		this.calls.add(jobs);
	}

	@Override
	public void savepoint(Object savepoint) {
		this.savepoints.put(savepoint, this.calls.size());
	}

	/** A savepoint of which nobody told is older than the first of the jobs. */
	@Override
	public void savepointRollback(Object savepoint) {
		int kept = this.savepoints.getOrDefault(savepoint, 0);
		this.calls.subList(Math.min(kept, this.calls.size()), this.calls.size()).clear();
	}

	@Override
	public void afterCommit() {
		store();
	}

	@Override
	public void afterCompletion(int status) {
		if (status == STATUS_COMMITTED) {
			store();
		}
		else if (status == STATUS_UNKNOWN && !this.calls.isEmpty()) {
			abandon(DeferredJobs.sum(this.calls));
		}
	}

	private void store() {
		List<DeferredJobs> waiting = List.copyOf(this.calls);
		this.calls.clear();
		if (!waiting.isEmpty()) {
			DeferredJobs.sum(waiting).committed();
		}
	}

	private static void abandon(DeferredJobs jobs) {
		if (!jobs.waiting().isEmpty()) {
			logger.error(
					"Nobody knows whether a transaction was committed. The jobs that waited for it are not stored: {}",
					jobs.waiting());
		}
		jobs.abandon("Nobody knows whether its transaction was committed");
	}

}
