package dev.q.test.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;

import dev.q.job.QueueName;
import dev.q.store.JobStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.store.routing.RoutingJobStore;
import dev.q.store.routing.StoreRoute;
import dev.q.test.contract.StoreFixture;
import dev.q.testing.VirtualClock;
import org.jspecify.annotations.Nullable;

/**
 * Two stores in memory behind one. The queues that the contract uses are spread over
 * both.
 */
final class RoutingStoreFixture implements StoreFixture {

	private static final Instant START = Instant.parse("2026-02-03T04:05:06.789Z");

	private final VirtualClock clock = new VirtualClock(START);

	private final JobStore store;

	/**
	 * Opens the stores.
	 * @param threads run what is asked of both stores; null for threads of their own
	 */
	RoutingStoreFixture(@Nullable Executor threads) {
		List<StoreRoute> routes = List.of(new StoreRoute("second", memory(),
				List.of(new QueueName("mail"), new QueueName("work"), new QueueName("a"))));
		this.store = (threads != null) ? new RoutingJobStore(memory(), routes, this.clock, threads)
				: new RoutingJobStore(memory(), routes, this.clock);
	}

	private MemoryStore memory() {
		return new MemoryStore(MemorySettings.DEFAULT, this.clock, this.clock);
	}

	@Override
	public JobStore store() {
		return this.store;
	}

	@Override
	public Instant now() {
		return this.clock.instant();
	}

	@Override
	public void advance(Duration span) {
		this.clock.advance(span);
	}

	@Override
	public void close() {
		this.store.close();
	}

}
