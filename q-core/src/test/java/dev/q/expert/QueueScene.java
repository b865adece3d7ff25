package dev.q.expert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.q.JobReceipt;
import dev.q.engine.EnginePorts;
import dev.q.engine.EngineSettings;
import dev.q.event.JobEvent;
import dev.q.job.JobDetails;
import dev.q.job.JobState;
import dev.q.loop.EngineThreads;
import dev.q.loop.Loop;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.testing.VirtualClock;

/**
 * A queue under virtual time whose renewals a test makes by hand.
 */
final class QueueScene implements AutoCloseable, EngineThreads {

	final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));

	final BrittleStore store = new BrittleStore(
			new MemoryStore(MemorySettings.DEFAULT.withOfferTimeout(Duration.ZERO), this.clock, this.clock));

	final List<JobEvent> events = Collections.synchronizedList(new ArrayList<>());

	final List<Loop> loops = new CopyOnWriteArrayList<>();

	final JobQueue queue = builder().build();

	JobQueueBuilder builder() {
		return Q.queue("work")
			.store(this.store)
			.retry("fixed(10s)")
			.listener(this.events::add)
			.settings(settings(Duration.ofHours(1), Duration.ofSeconds(20)))
			.ports(new EnginePorts(this.clock, this, new SplittableRandom(1)));
	}

	static EngineSettings settings(Duration pollInterval, Duration shutdownTimeout) {
		EngineSettings usual = EngineSettings.DEFAULT;
		return usual.withIntervals(pollInterval, usual.maintenanceInterval()).withShutdownTimeout(shutdownTimeout);
	}

	/** Moves the clock on, with the renewals that fall due meanwhile. */
	void advance(Duration span) {
		for (long i = 0; i < span.toSeconds(); i++) {
			this.clock.advance(Duration.ofSeconds(1));
			this.loops.stream().filter(Loop::isDue).forEach(Loop::step);
		}
	}

	JobDetails find(JobReceipt receipt) {
		return this.store.catalog().find(receipt.queue(), List.of(receipt.id())).get(0);
	}

	JobState stateOf(JobReceipt receipt) {
		return find(receipt).state();
	}

	@Override
	public void start(Loop loop) {
		this.loops.add(loop);
	}

	@Override
	public Pool jobs(String group, int slots) {
		throw new AssertionError("handleOne runs on the thread of its caller");
	}

	@Override
	public void close() {
		this.queue.close();
		this.store.close();
	}

}
