package dev.q.test.memory;

import java.time.Duration;
import java.time.Instant;

import dev.q.store.JobStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.test.contract.StoreFixture;
import dev.q.testing.VirtualClock;

/**
 * A store in memory, all of whose clocks are one virtual clock.
 */
final class MemoryStoreFixture implements StoreFixture {

	private static final Instant START = Instant.parse("2026-02-03T04:05:06.789Z");

	private final VirtualClock clock = new VirtualClock(START);

	private final JobStore store = new MemoryStore(MemorySettings.DEFAULT, this.clock, this.clock);

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
