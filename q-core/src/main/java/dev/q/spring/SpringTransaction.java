package dev.q.spring;

import java.util.Optional;
import java.util.function.Consumer;

import dev.q.client.CallerTransaction;
import dev.q.client.DeferredJobs;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells of the Spring transaction that is bound to the calling thread. A scope without a
 * transaction, such as that of {@code SUPPORTS}, is none; a transaction that is read-only
 * is one; one that is committed already is none as far as a {@link CommitWatch} tells.
 * Reactive transactions are not bound to a thread, so they are not seen: what is enqueued
 * in one is stored at once.
 *
 * <p>
 * What a nested transaction enqueued is forgotten if Spring rolls it back to its
 * savepoint. Savepoints that are made past Spring, on the connection itself, are not
 * seen. A transaction that was begun past Spring, by JTA itself, ends for Spring with the
 * scope that joined it.
 *
 * @since 0.1
 */
public final class SpringTransaction implements CallerTransaction {

	@Override
	public Optional<Consumer<DeferredJobs>> current() {
		return isOpen() ? Optional.of(SpringTransaction::defer) : Optional.empty();
	}

	/**
	 * Whether what is written now will be committed or rolled back.
	 */
	static boolean isOpen() {
		return TransactionSynchronizationManager.isSynchronizationActive()
				&& TransactionSynchronizationManager.isActualTransactionActive() && !CommitWatch.isCommitted();
	}

	private static void defer(DeferredJobs jobs) {
		AfterCommit.in(TransactionSynchronizationManager.getSynchronizations(), jobs.destination())
			.orElseGet(() -> AfterCommit.begin(jobs.destination()))
			.add(jobs);
	}

}
