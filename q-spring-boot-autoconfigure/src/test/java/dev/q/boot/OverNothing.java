package dev.q.boot;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Transactions in which nothing takes place but what the application does after them.
 */
public final class OverNothing extends AbstractPlatformTransactionManager {

	@Override
	protected Object doGetTransaction() {
		return this;
	}

	@Override
	protected void doBegin(Object transaction, TransactionDefinition definition) {
		// over nothing
	}

	@Override
	protected void doCommit(DefaultTransactionStatus status) {
		// over nothing
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
		// over nothing
	}

}
