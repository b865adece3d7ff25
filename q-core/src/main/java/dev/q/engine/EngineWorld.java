package dev.q.engine;

import java.util.function.Consumer;

import dev.q.attempt.HandlerRunner;
import dev.q.event.JobEvents;
import dev.q.store.JobStore;

/**
 * What an engine is given to work with.
 *
 * @param store where the jobs are
 * @param handlers what runs them
 * @param events told of what becomes of them
 * @param settings who works which queues, and how
 * @param ports time, threads and chance
 * @param onHealth told after each start, and when problems of the engine come or go
 */
record EngineWorld(JobStore store, HandlerRunner handlers, JobEvents events, EngineSettings settings, EnginePorts ports,
		Consumer<EngineHealth> onHealth) {
}
