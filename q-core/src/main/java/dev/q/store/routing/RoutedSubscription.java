package dev.q.store.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.q.store.JobStore;
import dev.q.store.Subscription;

/**
 * What one listener hears of all stores.
 */
final class RoutedSubscription implements Subscription {

	private final Function<JobStore, Subscription> subscribing;

	private final Consumer<RoutedSubscription> onEnd;

	/** Guards the two below. Never held while a store is asked. */
	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Branch, Subscription> parts = new HashMap<>();

	private boolean closed;

	/**
	 * Makes a subscription to no store.
	 * @param subscribing subscribes to one
	 * @param onEnd told when it is closed
	 */
	RoutedSubscription(Function<JobStore, Subscription> subscribing, Consumer<RoutedSubscription> onEnd) {
		this.subscribing = subscribing;
		this.onEnd = onEnd;
	}

	/** Subscribes to a store, unless that has been done. */
	void connect(Branch branch) {
		if (isWanted(branch)) {
			Subscription part = branch.ask(this.subscribing);
			if (!keep(branch, part)) {
				part.close();
			}
		}
	}

	boolean isConnected() {
		this.lock.lock();
		try {
			return !this.parts.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isWanted(Branch branch) {
		this.lock.lock();
		try {
			return !this.closed && !this.parts.containsKey(branch);
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean keep(Branch branch, Subscription part) {
		this.lock.lock();
		try {
			return !this.closed && this.parts.putIfAbsent(branch, part) == null;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void close() {
		List<Subscription> ending;
		this.lock.lock();
		try {
			this.closed = true;
			ending = List.copyOf(this.parts.values());
			this.parts.clear();
		}
		finally {
			this.lock.unlock();
		}
		this.onEnd.accept(this);
		Failures failures = new Failures();
		for (Subscription part : ending) {
			try {
				part.close();
			}
			catch (RuntimeException ex) {
				failures.add(ex);
			}
		}
		failures.rethrow();
	}

}
