package dev.q.scene;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;

import dev.q.attempt.HandlerTransactions;
import dev.q.job.QueueName;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.WorkStore;

/**
 * Transactions over a store that has none: what is settled in one is held until its
 * commit, and then settled. A test may plan how they end. For use by one thread.
 */
public final class HeldTransactions implements HandlerTransactions {

	public int committed;

	public int rolledBack;

	/** What the store says at first instead of taking a settlement. */
	public final Queue<LeaseAnswer> answers = new ArrayDeque<>();

	/** Called between the work and the commit. */
	public Runnable beforeCommit = () -> {
	};

	/** Called when the commit is done, and its listeners are not told yet. */
	public Runnable afterCommit = () -> {
	};

	private final WorkStore store;

	private final List<Held> held = new ArrayList<>();

	private CommitPlan plan = CommitPlan.SUCCEED;

	public HeldTransactions(WorkStore store) {
		this.store = store;
	}

	public void planCommit(CommitPlan next) {
		this.plan = next;
	}

	@Override
	public void requireUsable(QueueName queue) {
		// always
	}

	@Override
	public <T> T run(Callable<T> work) throws Exception {
		T answer;
		try {
			answer = work.call();
		}
		catch (Throwable ex) {
			rollBack();
			throw ex;
		}
		this.beforeCommit.run();
		commit();
		return answer;
	}

	@Override
	public LeaseAnswer settle(Settlement settlement, Retention retention, EndListener listener) {
		LeaseAnswer planned = this.answers.poll();
		if (planned != null) {
			return planned;
		}
		this.held.add(new Held(settlement, retention, listener));
		return LeaseAnswer.APPLIED;
	}

	/** Rolls back to a savepoint from before everything. */
	public void rollBack() {
		this.rolledBack++;
		tell(false);
	}

	private void commit() {
		CommitPlan end = this.plan;
		this.plan = CommitPlan.SUCCEED;
		if (end == CommitPlan.FAIL) {
			tell(false);
			throw new IllegalStateException("The commit failed");
		}
		this.held.forEach((each) -> this.store.settle(List.of(each.settlement), each.retention));
		this.committed++;
		this.afterCommit.run();
		tell(end != CommitPlan.LOSE_ANSWER);
		if (end != CommitPlan.SUCCEED) {
			throw new IllegalStateException("The line went dead");
		}
	}

	private void tell(boolean known) {
		List<Held> over = List.copyOf(this.held);
		this.held.clear();
		over.forEach((each) -> each.listener.onEnd(known));
	}

	/** How a commit ends. */
	public enum CommitPlan {

		/** As it should. */
		SUCCEED,

		/** Nothing is committed. */
		FAIL,

		/** All is committed, and nobody here knows. */
		LOSE_ANSWER,

		/** All is committed, and somebody fails who is told of it. */
		FAIL_AFTERWARDS

	}

	private record Held(Settlement settlement, Retention retention, EndListener listener) {
	}

}
