package dev.q.benchmark;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.q.JobOptions;
import dev.q.JobTemplate;
import dev.q.attempt.HandlerRunner;
import dev.q.client.CallerTransaction;
import dev.q.client.ClientSettings;
import dev.q.client.JobIds;
import dev.q.client.JobTemplates;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.engine.EnginePorts;
import dev.q.engine.EngineSettings;
import dev.q.engine.GroupSettings;
import dev.q.engine.JobEngine;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerRegistry;
import dev.q.handler.HandlerScanner;
import dev.q.job.QueueName;
import dev.q.loop.PlatformThreads;
import dev.q.ports.SharedRandom;
import dev.q.ports.SystemClock;
import dev.q.retry.FailurePolicy;
import dev.q.retry.RetryPolicies;
import dev.q.store.JobStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;

/**
 * Store, template and engine, put together as the auto-configuration does it.
 */
final class Rig implements AutoCloseable {

	static final SystemClock CLOCK = new SystemClock();

	/** As in an application: transactions are seen, but nobody is in one. */
	private static final CallerTransaction NO_TRANSACTION = () -> Optional.empty();

	private final Tally tally = new Tally();

	private final JobStore store;

	private final JobTemplate template;

	private final JobEngine engine;

	/**
	 * Puts everything together over a store in memory; nothing runs yet.
	 * @param setting how
	 * @param handlers an object with handlers
	 */
	Rig(Setting setting, Object handlers) {
		this(setting, handlers, memory(setting));
	}

	/**
	 * Puts everything together; nothing runs yet.
	 * @param setting how
	 * @param handlers an object with handlers
	 * @param store closed with the rest
	 */
	Rig(Setting setting, Object handlers, JobStore store) {
		this(setting, handlers, store, JobEvents.NONE);
	}

	/**
	 * Puts everything together; nothing runs yet.
	 * @param setting how
	 * @param handlers an object with handlers
	 * @param store closed with the rest
	 * @param events told of all that happens
	 */
	Rig(Setting setting, Object handlers, JobStore store, JobEvents events) {
		EnginePorts ports = new EnginePorts(CLOCK, new PlatformThreads(), new SharedRandom());
		RetryPolicies policies = new RetryPolicies(Map.of(), ports.random());
		HandlerRegistry registry = HandlerRegistry.of(new HandlerScanner(policies).scan(handlers, handlers.getClass()));
		JacksonPayloadCodec codec = JacksonPayloadCodec.standard();
		JobIds ids = new JobIds(CLOCK, ports.random());
		HandlerRunner runner = new HandlerRunner(() -> registry, codec,
				new FailurePolicy(policies, policies.standard()), CLOCK);
		this.store = CountedStore.of(store, this.tally);
		this.template = new JobTemplates(this.store, registry, codec, client(), ids, events).template(NO_TRANSACTION);
		this.engine = new JobEngine(this.store, runner, events, engine(setting), ports);
	}

	static MemoryStore memory(Setting setting) {
		return new MemoryStore(MemorySettings.DEFAULT.withCapacity(setting.capacity()), CLOCK, CLOCK.steady());
	}

	static QueueName queue(int number) {
		return (number == 0) ? QueueName.DEFAULT : new QueueName("queue-" + number);
	}

	private static ClientSettings client() {
		return new ClientSettings(JobOptions.NONE.maxAttempts(25).maxCrashes(3), Map.of(),
				ClientSettings.DEFAULT.maxPayload());
	}

	private static EngineSettings engine(Setting setting) {
		List<QueueName> queues = IntStream.range(0, setting.queues()).mapToObj(Rig::queue).toList();
		GroupSettings group = new GroupSettings("default", List.of(), queues, setting.concurrency());
		return EngineSettings.DEFAULT.withGroups(List.of(group)).withRetention(setting.retention());
	}

	JobStore store() {
		return this.store;
	}

	JobTemplate template() {
		return this.template;
	}

	Tally tally() {
		return this.tally;
	}

	Rig start() {
		this.engine.start();
		return this;
	}

	@Override
	public void close() {
		this.engine.stop();
		this.store.close();
	}

}
