package dev.q.expert;

import java.util.List;
import java.util.Set;

import dev.q.attempt.HandlerRunner;
import dev.q.codec.PayloadCodec;
import dev.q.engine.EnginePorts;
import dev.q.engine.EngineSettings;
import dev.q.engine.GroupSettings;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerRegistry;
import dev.q.job.QueueName;
import dev.q.retry.FailurePolicy;
import dev.q.store.JobStore;

/**
 * What a queue is made of.
 *
 * @param store where its jobs are
 * @param codec writes and reads payloads
 * @param failures what follows from a failure
 * @param events told of what becomes of jobs
 * @param settings how jobs are worked
 * @param ports time, threads and chance
 * @param isExclusive whether one job at a time runs, whoever works the queue
 */
record QueueParts(JobStore store, PayloadCodec codec, FailurePolicy failures, JobEvents events, EngineSettings settings,
		EnginePorts ports, boolean isExclusive) {

	HandlerRunner runner(HandlerRegistry handlers) {
		return new HandlerRunner(() -> handlers, this.codec, this.failures, this.ports.clock());
	}

	EngineSettings settings(QueueName queue, int concurrency) {
		GroupSettings group = new GroupSettings(queue.value(), List.of(queue), List.of(), concurrency);
		return this.settings.withGroups(List.of(this.isExclusive ? group.withExclusive(Set.of(queue)) : group));
	}

}
