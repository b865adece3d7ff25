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

	private final Runnable lookAnew;

	private final Consumer<RoutedSubscription> onEnd;

	/** Guards the two below. Never held while a store is asked. */
	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Branch, Subscription> parts = new HashMap<>();

	private boolean closed;

	/**
	 * Makes a subscription to no store.
	 * @param subscribing subscribes to one
	 * @param lookAnew tells who hears that signals may have been missed
	 * @param onEnd told when it is closed
	 */
	RoutedSubscription(Function<JobStore, Subscription> subscribing, Runnable lookAnew,
			Consumer<RoutedSubscription> onEnd) {
		this.subscribing = subscribing;
		this.lookAnew = lookAnew;
		this.onEnd = onEnd;
	}

	/** Subscribes to a store, unless that has been done. */
	void connect(Branch branch) {
		tryConnect(branch);
	}

	/** Does the same, after somebody has begun to rely on signals. */
	void connectLate(Branch branch) {
		if (tryConnect(branch)) {
			this.lookAnew.run();
		}
	}

	private boolean tryConnect(Branch branch) {
		if (!isWanted(branch)) {
			return false;
		}
		Subscription part = branch.ask(this.subscribing);
		boolean isKept = keep(branch, part);
		if (!isKept) {
			part.close();
		}
		return isKept;
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
