package dev.q.test.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.q.store.JobStore;
import dev.q.store.redis.RedisSettings;
import dev.q.store.redis.RedisStore;
import dev.q.test.contract.StoreFixture;

/**
 * A namespace of its own on a real server, whose scripts go by a virtual clock: the text
 * of their function {@code clock} says what time it is. At the end the server is empty,
 * and has forgotten all scripts.
 */
final class RedisStoreFixture implements StoreFixture {

	private static final Instant START = Instant.parse("2026-02-03T04:05:06.789Z");

	private static final AtomicLong NAMESPACES = new AtomicLong();

	private final AtomicLong now = new AtomicLong(START.toEpochMilli());

	private final RedisSettings settings = new RedisSettings("kit-" + NAMESPACES.incrementAndGet(),
			Duration.ofSeconds(30), false);

	private final List<JobStore> stores = new ArrayList<>();

	private final RedisTarget target;

	RedisStoreFixture(RedisTarget target) {
		this.target = target;
		this.stores.add(open());
	}

	private JobStore open() {
		return RedisStore.withClock(this.settings, this.target.connections(),
				() -> "local function clock() return " + this.now + " end\n");
	}

	String namespace() {
		return this.settings.namespace();
	}

	@Override
	public JobStore store() {
		return this.stores.get(0);
	}

	@Override
	public JobStore reopen() {
		JobStore further = open();
		this.stores.add(further);
		return further;
	}

	@Override
	public Instant now() {
		return Instant.ofEpochMilli(this.now.get());
	}

	@Override
	public void advance(Duration span) {
		this.now.addAndGet(span.toMillis());
	}

	@Override
	public void close() {
		this.stores.forEach(JobStore::close);
		this.target.clear();
	}

}
