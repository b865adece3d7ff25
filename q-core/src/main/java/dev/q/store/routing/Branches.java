package dev.q.store.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.q.job.QueueName;
import dev.q.store.JobStore;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * All the stores, and which of them holds a queue.
 */
final class Branches {

	private final Branch other;

	private final List<Branch> all;

	private final Map<QueueName, Branch> byQueue;

	private volatile boolean closed;

	/**
	 * Takes what there is.
	 * @param other holds all queues that nobody else does
	 * @param byQueue who holds the rest
	 */
	Branches(Branch other, Map<QueueName, Branch> byQueue) {
		this.other = other;
		this.byQueue = new HashMap<>(byQueue);
		List<Branch> branches = new ArrayList<>();
		branches.add(other);
		byQueue.values().stream().distinct().forEach(branches::add);
		this.all = List.copyOf(branches);
	}

	List<Branch> all() {
		return this.all;
	}

	Branch of(QueueName queue) {
		return this.byQueue.getOrDefault(queue, this.other);
	}

	boolean isHeldBy(QueueName queue, Branch branch) {
		return of(queue).equals(branch);
	}

	/**
	 * Sorts things by the branches that their queues are in.
	 * @return by branch, the places of its things
	 */
	<T> Map<Branch, List<Integer>> places(List<T> things, Function<T, QueueName> queue) {
		Map<Branch, List<Integer>> places = new LinkedHashMap<>();
		for (int i = 0; i < things.size(); i++) {
			places.computeIfAbsent(of(queue.apply(things.get(i))), (branch) -> new ArrayList<>()).add(i);
		}
		return places;
	}

	/**
	 * Asks one branch after the other. One that is away is not asked.
	 * @param question asked of each
	 * @param answer takes what it says
	 * @return the first failure if there was one, with the others in it
	 */
	<T> @Nullable RuntimeException ask(List<Branch> branches, Function<Branch, T> question, Consumer<T> answer) {
		Failures failures = new Failures();
		for (Branch branch : branches) {
			try {
				requireOpen();
				if (branch.isAway()) {
					throw branch.away();
				}
				answer.accept(question.apply(branch));
			}
			catch (RuntimeException ex) {
				failures.add(ex);
			}
		}
		return failures.first();
	}

	/**
	 * Does something in each branch. What it comes to is that of those which answer.
	 * @throws StoreException if none does
	 */
	void each(Consumer<JobStore> deed) {
		List<Boolean> done = new ArrayList<>();
		RuntimeException failure = ask(this.all, (branch) -> branch.ask((store) -> {
			deed.accept(store);
			return true;
		}), done::add);
		if (failure != null && done.isEmpty()) {
			throw failure;
		}
	}

	/** Whether no branch is known to answer. */
	boolean areAllDown() {
		return this.all.stream().allMatch(Branch::isDown);
	}

	void requireOpen() {
		if (this.closed) {
			throw new StoreException("Store %s is closed".formatted(RoutingJobStore.NAME));
		}
	}

	void close() {
		this.closed = true;
	}

}
