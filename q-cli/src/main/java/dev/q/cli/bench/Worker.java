package dev.q.cli.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.q.JobOptions;
import dev.q.JobTemplate;
import dev.q.attempt.HandlerRunner;
import dev.q.client.ClientSettings;
import dev.q.client.JobIds;
import dev.q.client.JobTemplates;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.engine.EnginePorts;
import dev.q.engine.GroupSettings;
import dev.q.engine.JobEngine;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerRegistry;
import dev.q.handler.HandlerScanner;
import dev.q.loop.PlatformThreads;
import dev.q.ports.EngineClock;
import dev.q.ports.SharedRandom;
import dev.q.retry.FailurePolicy;
import dev.q.retry.RetryPolicies;
import dev.q.store.JobStore;

/**
 * Template and engine over a store, put together as an application has them.
 */
final class Worker implements AutoCloseable {

	/** The attempts of an application that does not say. */
	private static final JobOptions OPTIONS = JobOptions.NONE.maxAttempts(25).maxCrashes(3);

	/** The handlers do nothing, so nothing is gained by waiting for them. */
	private static final Duration SHUTDOWN = Duration.ofSeconds(2);

	private final JobTemplates templates;

	private final JobEngine engine;

	/**
	 * Puts everything together; nothing runs yet.
	 * @param store where the jobs are; left open
	 * @param upkeep keeps the queue in order that is worked
	 * @param load how
	 * @param tally holds the handler, and is told of what happens
	 * @param clock the time
	 */
	Worker(JobStore store, OwnUpkeep upkeep, Load load, Tally tally, EngineClock clock) {
		EnginePorts ports = new EnginePorts(clock, new PlatformThreads(), new SharedRandom());
		JobStore own = new OwnStore(store, upkeep, new NoSchedules(clock));
		JobEvents events = new JobEvents(List.of(tally, upkeep));
		RetryPolicies policies = new RetryPolicies(Map.of(), ports.random());
		HandlerRegistry registry = HandlerRegistry.of(new HandlerScanner(policies).scan(tally, Tally.class));
		JacksonPayloadCodec codec = JacksonPayloadCodec.standard(load.payloadSize());
		HandlerRunner runner = new HandlerRunner(() -> registry, codec,
				new FailurePolicy(policies, policies.standard()), clock);
		ClientSettings client = new ClientSettings(OPTIONS, Map.of(), load.payloadSize());
		GroupSettings group = new GroupSettings("bench", List.of(upkeep.queue()), List.of(), load.concurrency());
		this.templates = new JobTemplates(own, registry, codec, client, new JobIds(clock, ports.random()), events);
		this.engine = new JobEngine(own, runner, events,
				load.engine().withGroups(List.of(group)).withShutdownTimeout(SHUTDOWN), ports);
	}

	JobTemplate template() {
		return this.templates.template();
	}

	void start() {
		this.engine.start();
	}

	@Override
	public void close() {
		this.engine.stop();
		this.templates.close();
	}

}
