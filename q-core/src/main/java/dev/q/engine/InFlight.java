package dev.q.engine;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Every lease that this worker answers for, from its claim until its settlement is
 * applied, so that none lapses while it waits to be settled.
 */
final class InFlight {

	// By token: a worker may hold a new lease of a job while it still runs under a lost
	// one.
	private final ConcurrentMap<String, Execution> executions = new ConcurrentHashMap<>();

	void add(Execution execution) {
		this.executions.put(execution.lease().lease().token(), execution);
	}

	void remove(Execution execution) {
		this.executions.remove(execution.lease().lease().token());
	}

	boolean isEmpty() {
		return this.executions.isEmpty();
	}

	Collection<Execution> all() {
		return this.executions.values();
	}

}
