package dev.q.spring;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import dev.q.attempt.HandlerTransactions;
import dev.q.job.QueueName;
import dev.q.store.JobStore;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreException;
import dev.q.store.TransactionStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs handlers in Spring transactions, and settles their jobs there.
 *
 * @since 0.1
 */
public final class SpringHandlerTransactions implements HandlerTransactions {

	private static final Logger logger = LoggerFactory.getLogger(SpringHandlerTransactions.class);

	private final JobStore store;

	private final Supplier<Optional<PlatformTransactionManager>> managers;

	/**
	 * Makes transactions for handlers.
	 * @param store where the jobs are
	 * @param managers gives who begins and ends the transactions, or nobody
	 */
	public SpringHandlerTransactions(JobStore store, Supplier<Optional<PlatformTransactionManager>> managers) {
		this.store = store;
		this.managers = managers;
	}

	/**
	 * Begins a transaction to see whether the store can write in it. If none can be
	 * begun, since the database is away, that is logged and left for later.
	 */
	@Override
	public void requireUsable(QueueName queue) {
		TransactionStore joining = joining(queue);
		PlatformTransactionManager manager = manager();
		try {
			requireJoinable(manager, joining);
		}
		catch (TransactionException ex) {
			logger.warn("No transaction could be begun. Whether store {} can settle jobs in those of {} shows later",
					this.store.name(), manager, ex);
		}
	}

	@Override
	public <T extends @Nullable Object> T run(Callable<T> work) throws Exception {
		PlatformTransactionManager manager = manager();
		TransactionStatus transaction = manager.getTransaction(ofItsOwn());
		T answer;
		try {
			answer = work.call();
		}
		catch (Throwable ex) {
			rollBack(manager, transaction, ex);
			throw ex;
		}
		manager.commit(transaction);
		return answer;
	}

	private static void rollBack(PlatformTransactionManager manager, TransactionStatus transaction, Throwable cause) {
		try {
			manager.rollback(transaction);
		}
		catch (RuntimeException | Error ex) {
			cause.addSuppressed(ex);
		}
	}

	@Override
	public LeaseAnswer settle(Settlement settlement, Retention retention, EndListener listener) {
		TransactionStore joining = joining(settlement.lease().queue());
		if (!SpringTransaction.isOpen() || !joining.isJoinable()) {
			throw new IllegalStateException("There is no Spring transaction on this thread in which store %s can write"
				.formatted(this.store.name()));
		}
		List<LeaseAnswer> answers = joining.settle(List.of(settlement), retention);
		StoreException.requireAnswers("settlements", 1, answers.size());
		if (answers.get(0) == LeaseAnswer.APPLIED) {
			TransactionSynchronizationManager.registerSynchronization(new SettlementWatch(listener));
		}
		return answers.get(0);
	}

	private static void requireJoinable(PlatformTransactionManager manager, TransactionStore store) {
		TransactionStatus transaction = manager.getTransaction(ofItsOwn());
		try {
			if (!store.isJoinable()) {
				throw new IllegalStateException(("the jobs are not in the database of the transactions of %s, or are"
						+ " reached through another DataSource. Let the jobs use the DataSource of these transactions,"
						+ " make the transaction manager of the jobs' DataSource the primary one, or leave it out")
					.formatted(manager.getClass().getName()));
			}
		}
		finally {
			manager.rollback(transaction);
		}
	}

	private TransactionStore joining(QueueName queue) {
		JobStore holder = this.store.storeOf(queue);
		return holder.transaction()
			.orElseThrow(() -> new IllegalStateException(("store %s cannot settle jobs in a transaction of the"
					+ " application. Keep the jobs in the application's database, with q.store=postgres, or leave it out")
				.formatted(holder.equals(this.store) ? holder.name()
						: "%s, which holds queue %s,".formatted(holder.name(), queue))));
	}

	private PlatformTransactionManager manager() {
		return this.managers.get()
			.orElseThrow(
					() -> new IllegalStateException("there is no transaction manager, or there are several and none"
							+ " is primary. Mark the one of the jobs' DataSource with @Primary, or leave it out"));
	}

	private static TransactionDefinition ofItsOwn() {
		DefaultTransactionDefinition definition = new DefaultTransactionDefinition(
				TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		definition.setName("q job");
		return definition;
	}

}
