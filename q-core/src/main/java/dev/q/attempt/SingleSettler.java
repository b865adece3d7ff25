package dev.q.attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

import dev.q.job.Job;
import dev.q.job.Outcome;
import dev.q.job.WorkerId;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreException;

/**
 * Settles one attempt on whichever thread ends it, and holds ready what became of it for
 * the thread that runs it. A failure of the store is for that thread to deal with.
 */
final class SingleSettler implements AfterAttempt {

	private static final Duration PAUSE_WHEN_BUSY = Duration.ofMillis(50);

	private static final int TRIES_WHEN_BUSY = 20;

	private final CallerAttempts attempts;

	private final CompletableFuture<HandledJob> result = new CompletableFuture<>();

	// Used by the thread of the handler alone.
	private boolean interrupted;

	SingleSettler(CallerAttempts attempts) {
		this.attempts = attempts;
	}

	@Override
	public WorkerId worker() {
		return this.attempts.worker();
	}

	@Override
	public Retention retention() {
		return this.attempts.retention();
	}

	@Override
	public Instant heartbeat(Execution execution) {
		return this.attempts.watch().leases().heartbeat(execution);
	}

	@Override
	public void limited(TimeLimit limit) {
		this.attempts.watch().deadlines().expect(limit.timeout().toNanos());
	}

	/** It is the caller who is to hear of that, once the job is settled. */
	@Override
	public void interrupted() {
		this.interrupted = true;
	}

	@Override
	public void ended(Execution execution, Execution.Ending ending) {
		try {
			boolean recorded = !execution.lease().isLost() && settle(execution, ending);
			if (!recorded) {
				this.attempts.reporter().stale(execution, ending.outcome());
			}
			this.result.complete(new HandledJob(execution.job(), ending.outcome(), recorded));
		}
		// Whatever it is: somebody waits for this result.
		catch (Throwable ex) {
			this.result.completeExceptionally(ex);
		}
		finally {
			this.attempts.forget(execution);
		}
	}

	@Override
	public void committed(Execution execution, Execution.Ending ending) {
		this.attempts.forget(execution);
		this.attempts.reporter().settled(execution, ending);
		this.result.complete(new HandledJob(execution.job(), ending.outcome(), true));
	}

	@Override
	public void lost(Execution execution) {
		this.attempts.reporter().lost(execution);
	}

	@Override
	public void transactionFailed(Execution execution, Throwable failure) {
		this.attempts.reporter().transactionFailed(execution, failure);
	}

	@Override
	public void gaveUp(Execution execution, Execution.Ending ending) {
		ended(execution, ending);
	}

	@Override
	public boolean canAbandon() {
		return true;
	}

	/**
	 * The thread is its caller's, and cannot be replaced. But the job is free.
	 */
	@Override
	public void abandoned(Execution execution, Execution.Ending ending) {
		this.attempts.aside(() -> ended(execution, ending));
		this.attempts.reporter().outlasted(execution);
	}

	/**
	 * What became of an attempt that has ended, or that another thread is about to end.
	 */
	HandledJob result() {
		try {
			return this.result.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof RuntimeException exception) {
				throw exception;
			}
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			throw ex;
		}
		finally {
			if (this.interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private boolean settle(Execution execution, Execution.Ending ending) {
		LeaseAnswer answer = ask(execution, ending);
		if (answer == LeaseAnswer.APPLIED) {
			this.attempts.reporter().settled(execution, ending);
		}
		else {
			this.attempts.reporter().lost(execution);
		}
		return answer == LeaseAnswer.APPLIED;
	}

	/**
	 * A store that is busy with the job is asked again, since the lease may still hold.
	 */
	private LeaseAnswer ask(Execution execution, Execution.Ending ending) {
		Settlement settlement = new Settlement(execution.lease().lease(), ending.outcome());
		for (int i = 0; i < TRIES_WHEN_BUSY; i++) {
			LeaseAnswer answer = ask(execution.job(), settlement);
			if (answer == LeaseAnswer.REFUSED) {
				throw new JobNotSettledException(execution.job(), ending.outcome(), Completer.refusal(execution.job()));
			}
			if (answer != LeaseAnswer.BUSY) {
				return answer;
			}
			LockSupport.parkNanos(this, PAUSE_WHEN_BUSY.toNanos());
		}
		throw new JobNotSettledException(execution.job(), ending.outcome(), null);
	}

	private LeaseAnswer ask(Job job, Settlement settlement) {
		Outcome outcome = settlement.outcome();
		try {
			List<LeaseAnswer> answers = this.attempts.settle(settlement);
			StoreException.requireAnswers("settlements", 1, answers.size());
			return answers.get(0);
		}
		catch (RuntimeException ex) {
			throw new JobNotSettledException(job, outcome, ex);
		}
	}

}
