package dev.q.spring;

import org.springframework.transaction.SavepointManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.SmartTransactionObject;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Spring's own handling of transactions, over nothing: with suspension, savepoints, and
 * commits that fail when told to.
 */
final class HandTransactions extends AbstractPlatformTransactionManager {

	private boolean isCommitBroken;

	private Runnable onCommit = () -> {
	};

	HandTransactions() {
		setNestedTransactionAllowed(true);
	}

	/** What a commit does beside committing. */
	void onCommit(Runnable work) {
		this.onCommit = work;
	}

	void breakCommit() {
		this.isCommitBroken = true;
	}

	@Override
	protected Object doGetTransaction() {
		return new Scope((Open) TransactionSynchronizationManager.getResource(this));
	}

	@Override
	protected boolean isExistingTransaction(Object transaction) {
		return ((Scope) transaction).open != null;
	}

	@Override
	protected void doBegin(Object transaction, TransactionDefinition definition) {
		Scope scope = (Scope) transaction;
		scope.open = new Open();
		TransactionSynchronizationManager.bindResource(this, scope.open);
	}

	@Override
	protected Object doSuspend(Object transaction) {
		((Scope) transaction).open = null;
		return TransactionSynchronizationManager.unbindResource(this);
	}

	@Override
	protected void doResume(Object transaction, Object suspended) {
		TransactionSynchronizationManager.bindResource(this, suspended);
	}

	@Override
	protected void doCommit(DefaultTransactionStatus status) {
		this.onCommit.run();
		if (this.isCommitBroken) {
			throw new TransactionSystemException("The line went dead");
		}
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
		// nothing was done
	}

	@Override
	protected void doSetRollbackOnly(DefaultTransactionStatus status) {
		((Scope) status.getTransaction()).open.isRollbackOnly = true;
	}

	@Override
	protected void doCleanupAfterCompletion(Object transaction) {
		TransactionSynchronizationManager.unbindResource(this);
	}

	/** A transaction. */
	private static final class Open {

		private boolean isRollbackOnly;

	}

	/** A transaction as one of its participants sees it. */
	private static final class Scope implements SmartTransactionObject, SavepointManager {

		private Open open;

		Scope(Open open) {
			this.open = open;
		}

		@Override
		public boolean isRollbackOnly() {
			return this.open.isRollbackOnly;
		}

		@Override
		public void flush() {
			// nothing is held back
		}

		@Override
		public Object createSavepoint() {
			return new Object();
		}

		@Override
		public void rollbackToSavepoint(Object savepoint) {
			this.open.isRollbackOnly = false;
		}

		@Override
		public void releaseSavepoint(Object savepoint) {
			// nothing was held
		}

	}

}
