package dev.q.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.TransactionStore;

/**
 * Writes down what a store is asked to write in transactions.
 */
final class JoinedTransaction implements TransactionStore {

	private final Function<InsertGroup, InsertAnswer> answers;

	private final List<InsertGroup> groups = Collections.synchronizedList(new ArrayList<>());

	boolean isOfAnotherResource;

	boolean isReadOnly;

	JoinedTransaction(Function<InsertGroup, InsertAnswer> answers) {
		this.answers = answers;
	}

	/** Types of the jobs that were written. */
	List<String> types() {
		return this.groups.stream()
			.flatMap((group) -> group.jobs().stream())
			.map((job) -> job.spec().type().value())
			.toList();
	}

	@Override
	public boolean isJoinable() {
		return !this.isOfAnotherResource;
	}

	@Override
	public List<InsertAnswer> insert(List<InsertGroup> asked) {
		if (this.isReadOnly) {
			throw new IllegalStateException("The transaction is read-only");
		}
		this.groups.addAll(asked);
		return asked.stream().map(this.answers).toList();
	}

	@Override
	public List<LeaseAnswer> settle(List<Settlement> settlements, Retention retention) {
		throw new AssertionError("A client has no reason to ask this");
	}

}
