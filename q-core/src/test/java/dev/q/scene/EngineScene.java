package dev.q.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import dev.q.JobOptions;
import dev.q.JobRetryPolicy;
import dev.q.attempt.AttemptSettings;
import dev.q.attempt.HandlerRunner;
import dev.q.attempt.JobsInHand;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.codec.PayloadCodec;
import dev.q.engine.EngineSettings;
import dev.q.engine.GroupSettings;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerDefinition;
import dev.q.handler.HandlerInvoker;
import dev.q.handler.HandlerRegistry;
import dev.q.hook.JobInterceptor;
import dev.q.job.Due;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.NewJob;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.job.WorkerId;
import dev.q.retry.FailurePolicy;
import dev.q.retry.HandlerRetry;
import dev.q.retry.RetryPolicies;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.WorkStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.testing.ManualJobEngine;
import dev.q.testing.VirtualClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store, a clock, handlers and what was heard of jobs: all that an engine needs.
 */
public final class EngineScene implements AutoCloseable {

	public static final QueueName QUEUE = new QueueName("work");

	private static final WorkerId WORKER = new WorkerId("test");

	public final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));

	public final MemoryStore store = new MemoryStore(MemorySettings.DEFAULT, this.clock, this.clock);

	public final HeldTransactions transactions = new HeldTransactions(this.store.work());

	public final List<JobEvent> events = Collections.synchronizedList(new ArrayList<>());

	public JobRetryPolicy policy = (failures, failure) -> Duration.ofSeconds(10);

	private final List<HandlerDefinition> handlers = new ArrayList<>();

	private final SplittableRandom random = new SplittableRandom(1);

	private final PayloadCodec codec = JacksonPayloadCodec.standard();

	public EngineScene handle(String type, HandlerInvoker handler) {
		return handle(type, String.class, handler);
	}

	public EngineScene handle(String type, Class<?> payload, HandlerInvoker handler) {
		this.handlers.add(new HandlerDefinition(new TypeName(type), payload, JobOptions.NONE, handler, "test " + type));
		return this;
	}

	public EngineScene handle(String type, JobOptions options, HandlerInvoker handler) {
		this.handlers.add(new HandlerDefinition(new TypeName(type), String.class, options, handler, "test " + type));
		return this;
	}

	public EngineScene handle(String type, HandlerRetry retry, HandlerInvoker handler) {
		this.handlers.add(new HandlerDefinition(new TypeName(type), String.class, JobOptions.NONE, retry, handler,
				"test " + type));
		return this;
	}

	public EngineScene handleInTransaction(String type, HandlerInvoker handler) {
		this.handlers.add(new HandlerDefinition(new TypeName(type), String.class, JobOptions.NONE,
				new HandlerRetry(null, Set.of(), Set.of()), handler, true, 0, "test " + type));
		return this;
	}

	public EngineScene handle(String type, int concurrency, JobOptions options, HandlerInvoker handler) {
		this.handlers.add(new HandlerDefinition(new TypeName(type), String.class, options, handler, "test " + type)
			.withConcurrency(concurrency));
		return this;
	}

	public HandlerRunner runner() {
		return runner(List.of());
	}

	private HandlerRunner runner(List<JobInterceptor> interceptors) {
		RetryPolicies policies = new RetryPolicies(Map.of(), this.random);
		return new HandlerRunner(() -> HandlerRegistry.of(this.handlers), this.codec,
				new FailurePolicy(policies, this.policy), this.clock, this.transactions, interceptors);
	}

	public ManualJobEngine engine(JobEvents heard, List<JobInterceptor> interceptors) {
		return new ManualJobEngine(this.store, runner(interceptors), heard, settings(), this.clock);
	}

	public EngineSettings settings() {
		return EngineSettings.DEFAULT.withGroups(List.of(new GroupSettings("test", List.of(QUEUE), List.of(), 4)));
	}

	public ManualJobEngine engine() {
		return new ManualJobEngine(this.store, runner(), new JobEvents(List.of(this.events::add)), settings(),
				this.clock);
	}

	/**
	 * No job in hand yet, and all in a store that the test may have prepared.
	 */
	public JobsInHand jobsIn(WorkStore prepared) {
		EngineSettings settings = settings();
		return new JobsInHand(WORKER, prepared, runner(), new JobEvents(List.of(this.events::add)),
				new AttemptSettings(settings.lease(), settings.timeoutGrace(), settings.retention()), this.clock);
	}

	public JobSpec job(String type, Object payload) {
		return JobSpec.of(QUEUE, new TypeName(type), this.codec.encode(payload));
	}

	public JobId enqueue(String type, Object payload) {
		return enqueue(job(type, payload));
	}

	public JobId enqueue(JobSpec spec) {
		JobId id = JobId.timeOrdered(this.clock.instant(), 0, this.random.nextLong());
		this.store.work().insert(List.of(InsertGroup.of(List.of(new NewJob(id, spec, Due.NOW)))));
		return id;
	}

	/**
	 * Enqueues a job and claims it.
	 */
	public ClaimedJob claim(JobSpec spec) {
		JobId id = enqueue(spec);
		ClaimedJob claimed = claimNext();
		assertThat(claimed.job().id()).isEqualTo(id);
		return claimed;
	}

	/**
	 * Claims the job that is first.
	 */
	public ClaimedJob claimNext() {
		return this.store.work().claim(new ClaimRequest(List.of(QUEUE), 1, settings().lease(), WORKER)).jobs().get(0);
	}

	public JobDetails find(JobId id) {
		return this.store.catalog().find(List.of(id)).get(0);
	}

	public Object decode(Payload payload, Class<?> type) {
		Object value = this.codec.decode(payload, type);
		return (value != null) ? value : "nothing";
	}

	public Duration untilDue(JobId id) {
		return Duration.between(this.clock.instant(), find(id).job().times().runAt());
	}

	@Override
	public void close() {
		this.store.close();
	}

}
