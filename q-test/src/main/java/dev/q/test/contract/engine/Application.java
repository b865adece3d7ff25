package dev.q.test.contract.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import dev.q.JobOptions;
import dev.q.attempt.HandlerRunner;
import dev.q.attempt.HandlerTransactions;
import dev.q.client.ClientSettings;
import dev.q.codec.PayloadCodec;
import dev.q.engine.EngineSettings;
import dev.q.engine.GroupSettings;
import dev.q.event.JobFailureListener;
import dev.q.handler.HandlerDefinition;
import dev.q.handler.HandlerInvoker;
import dev.q.handler.HandlerRegistry;
import dev.q.hook.EnqueueInterceptor;
import dev.q.hook.JobInterceptor;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.ports.EngineClock;
import dev.q.ports.SharedRandom;
import dev.q.retry.FailurePolicy;
import dev.q.retry.RetryPolicies;
import dev.q.test.TextCodec;

/**
 * What all nodes of an application have in common: handlers, hooks and settings. To be
 * complete before an engine is made of it.
 */
final class Application {

	/** The queue that its workers work. */
	static final QueueName QUEUE = new QueueName("work");

	/** How many jobs a worker runs at once. */
	static final int SLOTS = 4;

	/** How long a job that has failed waits. */
	static final Duration RETRY_DELAY = Duration.ofSeconds(10);

	private final List<HandlerDefinition> handlers = new ArrayList<>();

	private final List<EnqueueInterceptor> before = new ArrayList<>();

	private final List<JobInterceptor> around = new ArrayList<>();

	private final List<JobFailureListener> ofFailures = new ArrayList<>();

	private EngineSettings settings = EngineSettings.DEFAULT.withShutdownTimeout(Duration.ZERO)
		.withGroups(List.of(new GroupSettings("test", List.of(QUEUE), List.of(), SLOTS)));

	Application handle(String type, HandlerInvoker handler) {
		return handle(type, JobOptions.NONE, handler);
	}

	Application handle(String type, JobOptions options, HandlerInvoker handler) {
		return handle(new HandlerDefinition(new TypeName(type), String.class, options, handler, "test " + type));
	}

	Application handle(HandlerDefinition handler) {
		this.handlers.add(handler);
		return this;
	}

	Application before(EnqueueInterceptor interceptor) {
		this.before.add(interceptor);
		return this;
	}

	Application around(JobInterceptor interceptor) {
		this.around.add(interceptor);
		return this;
	}

	Application onFailure(JobFailureListener listener) {
		this.ofFailures.add(listener);
		return this;
	}

	Application settings(UnaryOperator<EngineSettings> change) {
		this.settings = change.apply(this.settings);
		return this;
	}

	Application exclusive() {
		return settings((usual) -> usual
			.withGroups(usual.groups().stream().map((group) -> group.withExclusive(Set.of(QUEUE))).toList()));
	}

	EngineSettings settings() {
		return this.settings;
	}

	List<JobFailureListener> ofFailures() {
		return this.ofFailures;
	}

	PayloadCodec codec() {
		return new TextCodec();
	}

	HandlerRegistry registry() {
		return HandlerRegistry.of(this.handlers);
	}

	ClientSettings client() {
		return ClientSettings.DEFAULT.withInterceptors(this.before);
	}

	HandlerRunner runner(EngineClock clock) {
		RetryPolicies policies = new RetryPolicies(Map.of(), new SharedRandom());
		HandlerRegistry registry = registry();
		return new HandlerRunner(() -> registry, codec(),
				new FailurePolicy(policies, (failures, failure) -> RETRY_DELAY), clock, HandlerTransactions.NONE,
				this.around);
	}

}
