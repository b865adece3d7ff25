package dev.q.store.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.q.job.JobDetails;
import dev.q.job.QueueName;
import dev.q.store.StoreException;
import dev.q.store.ends.AwaitedJobs;
import org.jspecify.annotations.Nullable;

/**
 * What the roles of one store share.
 */
final class MemoryState {

	private final MemorySettings settings;

	private final InstantSource clock;

	private final InstantSource steadyClock;

	private final Map<QueueName, MemoryQueue> queues = new ConcurrentHashMap<>();

	private final Signals signals = new Signals();

	/** There is no other process. */
	private final AwaitedJobs awaited = new AwaitedJobs((message) -> {
	});

	private final Tokens tokens = new Tokens();

	private volatile boolean closed;

	MemoryState(MemorySettings settings, InstantSource clock, InstantSource steadyClock) {
		this.settings = settings;
		this.clock = clock;
		this.steadyClock = steadyClock;
	}

	MemorySettings settings() {
		return this.settings;
	}

	Signals signals() {
		return this.signals;
	}

	AwaitedJobs awaited() {
		return this.awaited;
	}

	News news() {
		return new News(this.signals);
	}

	Tokens tokens() {
		return this.tokens;
	}

	/** Decides what is due, what has expired, and what is written down. */
	Instant now() {
		return this.clock.instant();
	}

	/** Decides which leases hold. */
	Instant steadyNow() {
		return this.steadyClock.instant();
	}

	/** The queue of this name, which comes into being if need be. */
	MemoryQueue queue(QueueName name) {
		MemoryQueue queue = this.queues.get(name);
		return (queue != null) ? queue : this.queues.computeIfAbsent(name, (key) -> new MemoryQueue(key, this.clock));
	}

	/** The queue of this name, or null if there is none. */
	@Nullable MemoryQueue known(QueueName name) {
		return this.queues.get(name);
	}

	Collection<MemoryQueue> queues() {
		return this.queues.values();
	}

	JobDetails detailsOf(MemoryJob job) {
		return job.details((until) -> now().plus(Duration.between(steadyNow(), until)));
	}

	void requireOpen() {
		if (this.closed) {
			throw new StoreException("The store '%s' is closed and takes no more calls. Nothing was changed"
				.formatted(MemoryStore.NAME));
		}
	}

	void close() {
		this.closed = true;
		for (MemoryQueue queue : this.queues.values()) {
			queue.lock();
			try {
				queue.wakeWhoWaitsForRoom();
			}
			finally {
				queue.unlock();
			}
		}
		this.queues.clear();
	}

}
