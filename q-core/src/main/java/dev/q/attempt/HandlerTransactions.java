package dev.q.attempt;

import java.util.concurrent.Callable;

import dev.q.job.QueueName;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of handlers, in which their jobs can be settled. Must be safe for use
 * by many threads.
 *
 * @since 0.1
 */
public interface HandlerTransactions {

	/** Nobody can take part in a transaction here. */
	HandlerTransactions NONE = new HandlerTransactions() {

		@Override
		public void requireUsable(QueueName queue) {
			throw missing();
		}

		@Override
		public <T extends @Nullable Object> T run(Callable<T> work) {
			throw missing();
		}

		@Override
		public LeaseAnswer settle(Settlement settlement, Retention retention, EndListener listener) {
			throw missing();
		}

		private static IllegalStateException missing() {
			return new IllegalStateException(
					"nothing here settles jobs in transactions. That takes a Spring application"
							+ " with spring-tx, whose jobs are in the database of its transactions");
		}

	};

	/**
	 * Makes sure that handlers can run in transactions in which their jobs can be
	 * settled, so far as that can be known before the first one does. May wait for the
	 * database.
	 * @param queue where the jobs are that a handler expects
	 * @throws IllegalStateException if they cannot; says why, and what to do
	 */
	void requireUsable(QueueName queue);

	/**
	 * Does something in a transaction of its own: one that is begun for it on this
	 * thread, whatever transaction the thread may be in. It is committed if the work
	 * returns, and rolled back if it throws.
	 * @param <T> what the work returns
	 * @param work what to do
	 * @return what the work returned; the transaction is committed then
	 * @throws Exception what the work threw; else why the transaction could not be begun
	 * or committed, or what somebody threw who was told of the commit. Only who has
	 * settled in it and listens knows whether it is committed
	 */
	<T extends @Nullable Object> T run(Callable<T> work) throws Exception;

	/**
	 * Settles in the transaction of the calling thread.
	 * @param settlement lease and outcome
	 * @param retention how long finished jobs are kept
	 * @param listener told once what became of the settlement, if the answer is
	 * {@link LeaseAnswer#APPLIED}
	 * @return what the store says
	 * @throws IllegalStateException if there is no transaction that the store can write
	 * in
	 * @throws dev.q.store.StoreException if the store failed; the transaction is broken
	 */
	LeaseAnswer settle(Settlement settlement, Retention retention, EndListener listener);

	/**
	 * Hears of the end of a transaction.
	 */
	@FunctionalInterface
	interface EndListener {

		/**
		 * What was written is committed, or not known to be. Must not throw.
		 * @param committed false after a rollback, be it to a savepoint, and if nobody
		 * knows
		 */
		void onEnd(boolean committed);

	}

}
