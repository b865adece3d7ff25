package dev.q.boot;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import dev.q.JobOption;
import dev.q.engine.EnginePorts;
import dev.q.engine.EngineSettings;
import dev.q.engine.GroupSettings;
import dev.q.engine.HandlerRunner;
import dev.q.engine.JobEngine;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerRegistry;
import dev.q.job.QueueName;
import dev.q.store.JobStore;
import dev.q.store.Retention;

/**
 * Makes the engine once all handlers are known.
 */
final class JobEngineFactory {

	private static final String GROUP = "default";

	private static final int JOBS_PER_PROCESSOR = 2;

	private final JobStore store;

	private final Supplier<HandlerRegistry> handlers;

	private final HandlerRunner runner;

	private final JobEvents events;

	private final EnginePorts ports;

	private final QProperties properties;

	JobEngineFactory(JobStore store, Supplier<HandlerRegistry> handlers, HandlerRunner runner, JobEvents events,
			EnginePorts ports, QProperties properties) {
		this.store = store;
		this.handlers = handlers;
		this.runner = runner;
		this.events = events;
		this.ports = ports;
		this.properties = properties;
	}

	/**
	 * Makes the engine.
	 * @param shutdownTimeout how long jobs may go on running when it stops
	 * @return the engine, or nothing if there is no queue to work
	 */
	Optional<JobEngine> engine(Duration shutdownTimeout) {
		List<QueueName> listed = this.properties.worker().queues().stream().map(QueueName::new).toList();
		List<QueueName> handled = queuesOfHandlers();
		if (listed.isEmpty() && handled.isEmpty()) {
			return Optional.empty();
		}
		GroupSettings group = new GroupSettings(GROUP, listed, handled, concurrency());
		return Optional
			.of(new JobEngine(this.store, this.runner, this.events, settings(group, shutdownTimeout), this.ports));
	}

	private List<QueueName> queuesOfHandlers() {
		return this.handlers.get()
			.definitions()
			.stream()
			.map((handler) -> handler.options().get(JobOption.QUEUE).orElse(QueueName.DEFAULT))
			.distinct()
			.sorted()
			.toList();
	}

	private int concurrency() {
		return Objects.requireNonNullElseGet(this.properties.worker().concurrency(),
				() -> JOBS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
	}

	private EngineSettings settings(GroupSettings group, Duration shutdownTimeout) {
		QProperties.Worker worker = this.properties.worker();
		return new EngineSettings(List.of(group), worker.lease(), worker.pollInterval(), worker.maintenanceInterval(),
				shutdownTimeout, retention());
	}

	private Retention retention() {
		QProperties.Retention retention = this.properties.retention();
		return new Retention(retention.succeeded(), retention.succeededPerQueue(), retention.cancelled(),
				retention.expired(), retention.dead());
	}

}
