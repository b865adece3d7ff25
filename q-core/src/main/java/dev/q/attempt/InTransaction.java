package dev.q.attempt;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

import dev.q.job.LeaseLostException;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.ports.EngineClock;
import dev.q.store.LeaseAnswer;
import dev.q.store.Settlement;
import dev.q.store.StoreException;

/**
 * Settles attempts in transactions of their handlers, so that a job is done exactly if
 * what its handler wrote is there. Safe for use by many threads.
 */
final class InTransaction {

	private static final Duration PAUSE_WHEN_BUSY = Duration.ofMillis(50);

	private static final int TRIES_WHEN_BUSY = 20;

	private final HandlerTransactions transactions;

	private final EngineClock clock;

	InTransaction(HandlerTransactions transactions, EngineClock clock) {
		this.transactions = transactions;
		this.clock = clock;
	}

	void requireUsable(QueueName queue) {
		this.transactions.requireUsable(queue);
	}

	/**
	 * Runs a handler in a transaction of its own, and settles its job as the last act
	 * before the commit, unless the handler has done so.
	 * @param handler says what becomes of the job. What it throws rolls the transaction
	 * back
	 */
	Outcome run(Execution execution, Callable<Outcome> handler) throws Exception {
		try {
			return this.transactions.run(() -> {
				Outcome outcome = handler.call();
				end(execution, outcome);
				return outcome;
			});
		}
		catch (Throwable ex) {
			if (execution.end().isBy(AttemptEnd.By.HANDLER) && !execution.lease().isLost()) {
				execution.after().transactionFailed(execution, ex);
			}
			throw ex;
		}
	}

	/**
	 * From the settlement on the attempt is at its end: nobody interrupts the commit, and
	 * nobody gives it up. If it fails, its handler has failed.
	 */
	private void end(Execution execution, Outcome outcome) {
		if (execution.end().isSettled()) {
			return;
		}
		if (!execution.endInTransaction()) {
			throw new LeaseLostException(execution.job());
		}
		try {
			settle(execution, outcome);
		}
		catch (LeaseLostException ex) {
			execution.after().lost(execution);
			throw ex;
		}
	}

	/**
	 * Settles in the transaction of the calling thread.
	 */
	void settle(Execution execution, Outcome outcome) {
		if (!execution.end().settle(outcome)) {
			throw new IllegalStateException(
					"Job %s is settled in a transaction already, or its attempt was ended for it. It can be settled again only if that transaction is rolled back"
						.formatted(execution.id()));
		}
		boolean applied = false;
		try {
			requireApplied(execution, ask(execution, outcome));
			applied = true;
		}
		finally {
			if (!applied) {
				execution.end().undo();
			}
		}
	}

	private LeaseAnswer ask(Execution execution, Outcome outcome) {
		Settlement settlement = new Settlement(execution.lease().lease(), outcome);
		LeaseAnswer answer = LeaseAnswer.BUSY;
		for (int i = 0; i < TRIES_WHEN_BUSY && answer == LeaseAnswer.BUSY; i++) {
			if (i > 0) {
				LockSupport.parkNanos(this, PAUSE_WHEN_BUSY.toNanos());
			}
			answer = this.transactions.settle(settlement, execution.after().retention(),
					(committed) -> onEnd(execution, outcome, committed));
		}
		return answer;
	}

	private static void requireApplied(Execution execution, LeaseAnswer answer) {
		if (answer == LeaseAnswer.LOST) {
			throw new LeaseLostException(execution.job());
		}
		if (answer == LeaseAnswer.REFUSED) {
			throw Completer.refusal(execution.job());
		}
		if (answer == LeaseAnswer.BUSY) {
			throw new StoreException("Job %s could not be settled in a transaction, since somebody else had it locked"
				.formatted(execution.id()));
		}
	}

	private void onEnd(Execution execution, Outcome outcome, boolean committed) {
		if (committed) {
			execution.end().commit();
			execution.after()
				.committed(execution, new Execution.Ending(outcome, execution.end().runTime(this.clock.nanoTime())));
		}
		else {
			execution.end().undo();
		}
	}

}
