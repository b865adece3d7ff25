package dev.q.boot;

import java.time.Duration;
import java.util.Optional;

import dev.q.attempt.HandlerRunner;
import dev.q.engine.EnginePorts;
import dev.q.engine.JobEngine;
import dev.q.event.JobEvents;
import dev.q.store.JobStore;

/**
 * Makes the engine once all handlers are known.
 */
final class JobEngineFactory {

	private final JobStore store;

	private final HandlerRunner runner;

	private final JobEvents events;

	private final EngineSettingsFactory settings;

	private final EnginePorts ports;

	private final EngineReadiness readiness;

	JobEngineFactory(JobStore store, HandlerRunner runner, JobEvents events, EngineSettingsFactory settings,
			EnginePorts ports, EngineReadiness readiness) {
		this.store = store;
		this.runner = runner;
		this.events = events;
		this.settings = settings;
		this.ports = ports;
		this.readiness = readiness;
	}

	/**
	 * Makes the engine.
	 * @param shutdownTimeout how long jobs may go on running when it stops
	 * @return the engine, or nothing if there is no queue to work
	 * @throws dev.q.handler.InvalidHandlerException if a handler cannot have the
	 * transactions that it asks for
	 */
	Optional<JobEngine> engine(Duration shutdownTimeout) {
		this.runner.requireTransactions();
		return this.settings.settings(shutdownTimeout)
			.map((found) -> new JobEngine(this.store, this.runner, this.events, found, this.ports, this.readiness));
	}

}
