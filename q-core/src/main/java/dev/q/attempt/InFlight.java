package dev.q.attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

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

	void askToStop() {
		all().forEach(Execution::askToStop);
	}

	void interruptAll() {
		all().forEach(Execution::interruptToStop);
	}

	/**
	 * Hands back what still runs.
	 */
	void giveUpAll() {
		all().forEach(InFlight::giveUp);
	}

	/**
	 * Interrupts all handlers but those on the calling thread.
	 */
	void interruptOthers() {
		streamOthers().forEach(Execution::interruptToStop);
	}

	/**
	 * Hands back what still runs on other threads.
	 */
	void giveUpOthers() {
		streamOthers().forEach(InFlight::giveUp);
	}

	private Stream<Execution> streamOthers() {
		return all().stream().filter((execution) -> !execution.isOnThisThread());
	}

	private static void giveUp(Execution execution) {
		execution.interruptToStop();
		execution.giveUp();
	}

	Duration longestLease(Duration least) {
		return all().stream()
			.map((execution) -> execution.lease().duration())
			.reduce(least, (one, other) -> (one.compareTo(other) < 0) ? other : one);
	}

	Optional<Duration> oldestRunning(Instant now) {
		return all().stream()
			.filter((execution) -> !execution.hasEnded())
			.flatMap((execution) -> Optional.ofNullable(execution.job().times().startedAt()).stream())
			.min(Comparator.naturalOrder())
			.map((oldest) -> Duration.between(oldest, now));
	}

}
