package dev.q.benchmark;

import java.util.ArrayList;
import java.util.List;

import dev.q.engine.EngineSettings;
import dev.q.store.Retention;
import dev.q.store.memory.MemorySettings;

/**
 * The settings of a benchmark: what a Spring Boot application has that sets nothing, but
 * for the deviations that a benchmark is about.
 *
 * @param retention how long finished jobs are kept
 * @param capacity how many jobs may wait in a queue
 * @param queues how many queues the worker works
 * @param concurrency how many jobs run at once
 */
record Setting(Retention retention, int capacity, int queues, int concurrency) {

	/** Two jobs at once for each processor, as in an application that does not say. */
	static final int CONCURRENCY = 2 * Runtime.getRuntime().availableProcessors();

	static final Setting SHIPPED = new Setting(Retention.DEFAULT, MemorySettings.DEFAULT.capacity(), 1, CONCURRENCY);

	Setting withRetention(Kept kept) {
		return new Setting(kept.retention(), this.capacity, this.queues, this.concurrency);
	}

	Setting withCapacity(int jobs) {
		return new Setting(this.retention, jobs, this.queues, this.concurrency);
	}

	Setting withQueues(int count) {
		return new Setting(this.retention, this.capacity, count, this.concurrency);
	}

	Setting withConcurrency(int jobs) {
		return new Setting(this.retention, this.capacity, this.queues, jobs);
	}

	/**
	 * What differs from the defaults, for people.
	 */
	String deviations() {
		List<String> deviations = new ArrayList<>();
		if (!this.retention.equals(SHIPPED.retention)) {
			deviations.add("nothing that succeeded is kept");
		}
		if (this.capacity != SHIPPED.capacity) {
			deviations.add("capacity " + this.capacity);
		}
		if (this.queues != SHIPPED.queues) {
			deviations.add(this.queues + " queues");
		}
		if (this.concurrency != SHIPPED.concurrency) {
			deviations.add("concurrency " + this.concurrency);
		}
		return deviations.isEmpty() ? "shipped defaults" : "shipped defaults, but " + String.join(", ", deviations);
	}

	/**
	 * The defaults in figures.
	 */
	static String defaults() {
		return "concurrency %d, capacity %d for each queue, an enqueue waits %s for room, lease %s, poll %s, maintenance %s, %d succeeded jobs kept for %s"
			.formatted(CONCURRENCY, SHIPPED.capacity, MemorySettings.DEFAULT.offerTimeout(),
					EngineSettings.DEFAULT.lease(), EngineSettings.DEFAULT.pollInterval(),
					EngineSettings.DEFAULT.maintenanceInterval(), SHIPPED.retention.succeededPerQueue(),
					SHIPPED.retention.succeeded());
	}

}
