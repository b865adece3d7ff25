package dev.q.expert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.q.JobOptions;
import dev.q.JobRetryPolicy;
import dev.q.client.ClientSettings;
import dev.q.client.JobIds;
import dev.q.client.JobTemplates;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.codec.PayloadCodec;
import dev.q.engine.EnginePorts;
import dev.q.engine.EngineSettings;
import dev.q.event.JobEvents;
import dev.q.event.JobListener;
import dev.q.handler.HandlerRegistry;
import dev.q.job.QueueName;
import dev.q.loop.PlatformThreads;
import dev.q.ports.SharedRandom;
import dev.q.ports.SystemClock;
import dev.q.retry.FailurePolicy;
import dev.q.retry.RetryPolicies;
import dev.q.store.JobStore;
import org.jspecify.annotations.Nullable;

/**
 * Says how a {@link JobQueue} works, and builds it. All but the store may be left out.
 * For use by one thread.
 *
 * @since 0.1
 */
public final class JobQueueBuilder {

	private final QueueName name;

	private @Nullable JobStore store;

	private @Nullable PayloadCodec codec;

	private ClientSettings client = ClientSettings.DEFAULT;

	private Retry retry = new Retry(Map.of(), "sidekiq");

	private final List<JobListener> listeners = new ArrayList<>();

	private Work work = new Work(EngineSettings.DEFAULT, false);

	private EnginePorts ports = new EnginePorts(new SystemClock(), new PlatformThreads(), new SharedRandom());

	JobQueueBuilder(QueueName name) {
		this.name = name;
	}

	/**
	 * Where jobs are stored. Needed.
	 * @param value any store; stays open when the queue is closed
	 * @return this builder
	 */
	public JobQueueBuilder store(JobStore value) {
		this.store = value;
		return this;
	}

	/**
	 * What writes and reads payloads; {@link JacksonPayloadCodec#standard()} unless set,
	 * which needs Jackson 3.
	 * @param value the codec
	 * @return this builder
	 */
	public JobQueueBuilder codec(PayloadCodec value) {
		this.codec = value;
		return this;
	}

	/**
	 * Options of all jobs that are enqueued here, where a request does not say otherwise.
	 * @param options the options; none unless set
	 * @return this builder
	 * @throws IllegalArgumentException if they contradict each other, or name a queue
	 */
	public JobQueueBuilder options(JobOptions options) {
		this.client = new ClientSettings(JobOptions.NONE, Map.of(this.name, options), this.client.maxPayload());
		return this;
	}

	/**
	 * Most bytes that a payload may have; 256 KiB unless set.
	 * @param bytes 1 or more
	 * @return this builder
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public JobQueueBuilder maxPayload(int bytes) {
		this.client = new ClientSettings(JobOptions.NONE, this.client.queues(), bytes);
		return this;
	}

	/**
	 * How long to wait between attempts of jobs that do not say so themselves.
	 * @param policy a text as in {@link dev.q.JobHandler#retry()}, or the name of one of
	 * {@link #retryPolicies}; {@code sidekiq} unless set
	 * @return this builder
	 */
	public JobQueueBuilder retry(String policy) {
		this.retry = new Retry(this.retry.named(), policy);
		return this;
	}

	/**
	 * Retry policies of the application's own, for {@link #retry} and for the options of
	 * jobs.
	 * @param named policies by name; none unless set
	 * @return this builder
	 */
	public JobQueueBuilder retryPolicies(Map<String, JobRetryPolicy> named) {
		this.retry = new Retry(named, this.retry.standard());
		return this;
	}

	/**
	 * Who else is told of what happens to jobs.
	 * @param listener called on the threads that move jobs
	 * @return this builder
	 */
	public JobQueueBuilder listener(JobListener listener) {
		this.listeners.add(listener);
		return this;
	}

	/**
	 * How jobs are worked: leases, looks at the store, the time of a shutdown, retention.
	 * @param value the settings, {@link EngineSettings#DEFAULT} unless set; their groups
	 * do not matter
	 * @return this builder
	 */
	public JobQueueBuilder settings(EngineSettings value) {
		this.work = new Work(value, this.work.isExclusive());
		return this;
	}

	/**
	 * Lets one job of the queue run at a time, whoever works it, and in the order of the
	 * queue. All who work the queue must say so.
	 * @return this builder
	 */
	public JobQueueBuilder exclusive() {
		this.work = new Work(this.work.settings(), true);
		return this;
	}

	/**
	 * Time, threads and chance.
	 * @param value the ports; those of the machine unless set
	 * @return this builder
	 */
	public JobQueueBuilder ports(EnginePorts value) {
		this.ports = value;
		return this;
	}

	/**
	 * Builds the queue. Asks nothing of the store yet.
	 * @return the queue, to be closed when it is not needed any more
	 * @throws IllegalStateException if no store was given
	 * @throws IllegalArgumentException if a retry policy cannot be read
	 */
	public JobQueue build() {
		JobStore given = this.store;
		if (given == null) {
			throw new IllegalStateException(
					"Queue %s has no store. Give it one: Q.queue(\"%s\").store(...)".formatted(this.name, this.name));
		}
		PayloadCodec chosen = Objects.requireNonNullElseGet(this.codec, JacksonPayloadCodec::standard);
		RetryPolicies policies = new RetryPolicies(this.retry.named(), this.ports.random());
		FailurePolicy failures = new FailurePolicy(policies, policies.parse(this.retry.standard()));
		JobEvents events = new JobEvents(this.listeners);
		JobTemplates templates = new JobTemplates(given, HandlerRegistry.of(List.of()), chosen, this.client,
				new JobIds(this.ports.clock(), this.ports.random()), events);
		QueueParts parts = new QueueParts(given, chosen, failures, events, this.work.settings(), this.ports,
				this.work.isExclusive());
		return new JobQueue(this.name, parts, templates.template().with(JobOptions.NONE.queue(this.name.value())));
	}

	/**
	 * How jobs are worked.
	 *
	 * @param settings for how long, and how
	 * @param isExclusive whether one at a time, whoever works them
	 */
	private record Work(EngineSettings settings, boolean isExclusive) {
	}

	/**
	 * What is said of retries.
	 *
	 * @param named the application's own policies
	 * @param standard the policy of jobs that name none, as text
	 */
	private record Retry(Map<String, JobRetryPolicy> named, String standard) {
	}

}
