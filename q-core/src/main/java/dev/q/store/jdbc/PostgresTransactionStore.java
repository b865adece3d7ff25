package dev.q.store.jdbc;

import java.util.List;

import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.TransactionStore;
import dev.q.store.jdbc.copies.Copies;
import dev.q.store.jdbc.signal.News;

import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writing in the Spring transaction of the calling thread, on the same data source.
 */
final class PostgresTransactionStore implements TransactionStore {

	private final Database database;

	private final Signals signals;

	private final Trimming trimming;

	PostgresTransactionStore(Database database, Signals signals, Trimming trimming) {
		this.database = database;
		this.signals = signals;
		this.trimming = trimming;
	}

	@Override
	public boolean isJoinable() {
		return TransactionSynchronizationManager.isActualTransactionActive()
				&& TransactionSynchronizationManager.isSynchronizationActive()
				&& TransactionSynchronizationManager.getResource(this.database.source()) instanceof ConnectionHolder;
	}

	@Override
	public List<InsertAnswer> insert(List<InsertGroup> groups) {
		requireWritable();
		if (groups.isEmpty()) {
			return List.of();
		}
		requireNoCopies(groups);
		InsertCall call = new InsertCall(groups);
		this.database.callJoined(call.function(), call.args(true), call::take);
		List<InsertAnswer> answers = call.answers();
		News news = call.news(answers);
		afterCommit(() -> this.signals.tell(news));
		News held = call.heldNews();
		if (!held.isEmpty()) {
			afterRollback(() -> this.signals.tell(held));
		}
		return answers;
	}

	@Override
	public List<LeaseAnswer> settle(List<Settlement> settlements, Retention retention) {
		requireWritable();
		SettleCall call = new SettleCall(settlements, retention);
		if (!call.isEmpty()) {
			this.database.callGuarded("q_settle_v1", call.args(true), call::take);
			afterCommit(() -> {
				this.signals.tell(call.news());
				this.signals.awaited().settled(settlements, call.answers());
				this.trimming.count(call.successes());
			});
		}
		return call.answers();
	}

	/** What is not committed has no copies that could be waited for. */
	private static void requireNoCopies(List<InsertGroup> groups) {
		if (Copies.areWanted(groups)) {
			throw new IllegalStateException(
					"The durability REPLICATED waits for copies of what is committed, so it cannot join a transaction. Enqueue with TransactionMode.AFTER_COMMIT or NONE, or leave it out");
		}
	}

	private void requireWritable() {
		this.database.requireOpen();
		if (!isJoinable()) {
			throw new IllegalStateException(
					"This thread is in no Spring transaction on the data source of the PostgreSQL store, so there is nothing to join");
		}
		if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			throw new IllegalStateException(
					"The transaction of this thread is read only, so no job can be written in it. Make it writable, or enqueue with TransactionMode.NONE or AFTER_COMMIT");
		}
	}

	/** Jobs that were held are as they were, but claims have passed over them. */
	private static void afterRollback(Runnable action) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				if (status != STATUS_COMMITTED) {
					action.run();
				}
			}

		});
	}

	/** Workers must not be told before they can see what they are told of. */
	private static void afterCommit(Runnable action) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				action.run();
			}

		});
	}

}
