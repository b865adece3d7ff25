package dev.q.spring;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import dev.q.attempt.HandlerTransactions;

import org.springframework.transaction.support.TransactionSynchronization;

/**
 * Tells what became of a settlement in a transaction. Savepoints that are set on the
 * connection itself are not seen. Used by the thread of the transaction alone.
 */
final class SettlementWatch implements TransactionSynchronization {

	private final HandlerTransactions.EndListener listener;

	/** To go back to one of these leaves the settlement as it is. */
	private final Set<Object> laterSavepoints = Collections.newSetFromMap(new IdentityHashMap<>());

	private boolean isOver;

	SettlementWatch(HandlerTransactions.EndListener listener) {
		this.listener = listener;
	}

	@Override
	public void savepoint(Object savepoint) {
		this.laterSavepoints.add(savepoint);
	}

	@Override
	public void savepointRollback(Object savepoint) {
		if (!this.laterSavepoints.contains(savepoint)) {
			end(false);
		}
	}

	@Override
	public void afterCompletion(int status) {
		end(status == STATUS_COMMITTED);
	}

	private void end(boolean committed) {
		if (!this.isOver) {
			this.isOver = true;
			this.listener.onEnd(committed);
		}
	}

}
