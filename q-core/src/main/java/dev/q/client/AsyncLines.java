package dev.q.client;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import dev.q.JobReceipt;
import dev.q.ports.EngineClock;
import dev.q.store.JobStore;

/**
 * Stores jobs for callers who do not wait. Of several stores each has a line of its own,
 * with its own limits, so that one that hangs holds up no other.
 */
final class AsyncLines implements AutoCloseable {

	private static final Duration LAST_WRITES = Duration.ofSeconds(10);

	private final JobStore store;

	private final JobWriter writer;

	private final EngineClock clock;

	private final Map<JobStore, AsyncInserts> lines = new ConcurrentHashMap<>();

	private volatile boolean closed;

	/**
	 * Makes lines, of which none is used yet.
	 * @param store tells which store holds a queue
	 * @param writer stores the jobs
	 * @param clock times how long the end may take
	 */
	AsyncLines(JobStore store, JobWriter writer, EngineClock clock) {
		this.store = store;
		this.writer = writer;
		this.clock = clock;
	}

	/**
	 * Stores a job soon.
	 * @return what becomes of it, as of {@link AsyncInserts#insert}
	 */
	CompletableFuture<JobReceipt> insert(Draft draft) {
		AsyncInserts line = this.lines.computeIfAbsent(this.store.storeOf(draft.queue()),
				(holder) -> new AsyncInserts(this.writer));
		if (this.closed) {
			// Whoever closes this may not have seen a line that is new.
			line.refuse();
		}
		return line.insert(draft);
	}

	/**
	 * Takes no more jobs, and waits until those that it has are stored, in all lines for
	 * ten seconds at most. Those that are not then are refused.
	 */
	@Override
	public void close() {
		this.closed = true;
		Collection<AsyncInserts> all = this.lines.values();
		all.forEach(AsyncInserts::refuse);
		long end = this.clock.nanoTime() + LAST_WRITES.toNanos();
		all.forEach((line) -> line.close(Duration.ofNanos(Math.max(0, end - this.clock.nanoTime()))));
	}

}
