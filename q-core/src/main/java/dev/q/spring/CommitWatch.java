package dev.q.spring;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Knows when a transaction is committed already, although its connection is still bound
 * to the thread: in callbacks after the commit. What is written on that connection then
 * is committed by chance or not at all. Spring's own state does not tell that moment. As
 * a bean it listens to all transaction managers that are beans; of others nothing is
 * known to be committed before the end.
 *
 * @since 0.1
 */
public final class CommitWatch implements TransactionExecutionListener, BeanPostProcessor {

	/**
	 * Whether the transaction of the calling thread is committed.
	 */
	static boolean isCommitted() {
		return TransactionSynchronizationManager.getSynchronizations()
			.stream()
			.anyMatch((callback) -> callback instanceof Mark mark && mark.committed);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof ConfigurableTransactionManager manager) {
			manager.addListener(this);
		}
		return bean;
	}

	/** After all callbacks before the commit, so that the mark is told of that alone. */
	@Override
	public void beforeCommit(TransactionExecution transaction) {
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			TransactionSynchronizationManager.registerSynchronization(new Mark());
		}
	}

	/**
	 * One of the callbacks of a transaction, and the first to hear of its commit.
	 */
	private static final class Mark implements TransactionSynchronization {

		private boolean committed;

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

		@Override
		public void afterCommit() {
			this.committed = true;
		}

	}

}
