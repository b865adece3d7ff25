package dev.q.boot;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.q.TransactionMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * All that can be tuned in {@code application.yml}.
 *
 * @param store where jobs are kept
 * @param failFast whether a start fails when the store cannot be reached. If not, the
 * application starts, workers go on trying, and an enqueue throws until it answers
 * @param maxPayload most bytes that the payload of a job may have
 * @param transaction what an enqueue in a Spring transaction does with it: join,
 * after-commit or none. Unless set it joins if the store can, else the job is stored
 * after the commit
 * @param memory the store in memory
 * @param redis the store on Redis
 * @param postgres the store in PostgreSQL
 * @param worker who works jobs, and how
 * @param retry what follows from a failure
 * @param retention how long finished jobs are kept
 * @param results how results of jobs are read
 * @param events what happens to jobs, told to the application
 * @param context what jobs take along from the threads that enqueue them
 * @param metrics what is measured
 * @param recurring schedules that handlers declare
 * @param defaults how jobs are run for which nobody nearer to them says anything
 * @param health when health is down beside the troubles of the worker
 * @param queues what differs for a queue, by its name. A name with dots, underscores or
 * capitals is written in brackets: q.queues."[a.b]".priority
 * @param handlers what differs for a handler, by the type of its jobs; with brackets as
 * for queues
 * @param stores stores beside q.store that hold queues of their own, by a name for each
 * @since 0.1
 */
@ConfigurationProperties(prefix = "q", ignoreUnknownFields = false)
public record QProperties(@DefaultValue("memory") StoreType store, @DefaultValue("false") boolean failFast,
		@DefaultValue("256KB") DataSize maxPayload, @Nullable TransactionMode transaction,
		@NestedConfigurationProperty @DefaultValue MemoryProperties memory, @DefaultValue Redis redis,
		@NestedConfigurationProperty @DefaultValue PostgresProperties postgres, @DefaultValue Worker worker,
		@DefaultValue Retry retry, @DefaultValue Retention retention,
		@NestedConfigurationProperty @DefaultValue ResultProperties results,
		@NestedConfigurationProperty @DefaultValue EventProperties events,
		@NestedConfigurationProperty @DefaultValue ContextProperties context,
		@NestedConfigurationProperty @DefaultValue MetricsProperties metrics,
		@NestedConfigurationProperty @DefaultValue RecurringProperties recurring,
		@NestedConfigurationProperty @DefaultValue DefaultProperties defaults,
		@NestedConfigurationProperty @DefaultValue HealthProperties health,
		@DefaultValue Map<String, QueueProperties> queues, @DefaultValue Map<String, HandlerProperties> handlers,
		@DefaultValue Map<String, NamedStoreProperties> stores) {

	static final String HANDLERS = "q.handlers.";

	/**
	 * Checks what the parts cannot check by themselves, and copies the map.
	 * @throws InvalidQPropertyException if a value cannot be used
	 */
	public QProperties {
		new CheckedProperty("q.max-payload").requireBetween("1B", "64MB", maxPayload);
		new WorkerGroups(worker, 1).of(List.of());
		queues = Map.copyOf(queues);
		queues.forEach((name, queue) -> {
			new CheckedProperty("q.queues").requireQueueName(name);
			queue.check("q.queues." + name);
		});
		handlers = Map.copyOf(handlers);
		handlers.forEach((type, handler) -> handler.check(HANDLERS + type));
		stores = Map.copyOf(stores);
		stores.forEach((name, details) -> details.check("q.stores." + name));
	}

	/**
	 * Where the jobs of all queues are that no other store holds.
	 * @return a text that people understand, as of {@link NamedStoreProperties#place()}
	 */
	public String place() {
		return NamedStoreProperties.place(this.store, this.redis, this.postgres);
	}

	/**
	 * The store on Redis. Where the server is, spring.data.redis says.
	 *
	 * @param namespace first part of all keys. Applications with the same one share jobs
	 * @param timeout how long to wait for the answer to a command; 10ms to 10m
	 * @param allowEviction whether to use a server whose maxmemory-policy may evict jobs
	 * @param requestQueueSize how many commands may wait for their answers on a
	 * connection; 64 to 1000000. What goes beyond that is refused
	 */
	public record Redis(@DefaultValue("q") String namespace, @DefaultValue("5s") Duration timeout,
			@DefaultValue("false") boolean allowEviction, @DefaultValue("8192") int requestQueueSize) {

		/**
		 * Checks the values.
		 * @throws InvalidQPropertyException if one cannot be used
		 */
		public Redis {
			new CheckedProperty("q.redis.namespace").requireNamespace(namespace);
			new CheckedProperty("q.redis.timeout").requireBetween("10ms", "10m", timeout);
			new CheckedProperty("q.redis.request-queue-size").requireBetween(64, 1_000_000, requestQueueSize);
		}

	}

	/**
	 * Who works jobs, and how. Queues, order and concurrency given here are those of the
	 * group "default"; they may also be given in its entry under groups, but not in both
	 * places.
	 *
	 * @param enabled whether this application works jobs; if not it only enqueues, and
	 * has no threads for it
	 * @param queues which queues come first, in order of preference. Queues of handlers
	 * that are not listed take turns after those
	 * @param order in which order the queues are looked into, as for a group
	 * @param concurrency how many jobs run at once. Unless set it is twice the number of
	 * processors, or 50 on virtual threads
	 * @param groups further groups of queues with slots of their own, by name
	 * @param lease how long a job waits until it is taken over from a worker that died;
	 * 1s to 24h
	 * @param pollInterval how long at most until a job is found of which no signal has
	 * told; 1ms to 1h
	 * @param maintenanceInterval how often due, expired and old jobs are looked after;
	 * 1ms to 1h
	 * @param unknownTypeTimeout how long a job whose type no worker knows waits for one
	 * that does, until it is dead
	 * @param timeoutGrace how long a handler that was interrupted by its timeout may go
	 * on, until its attempt is recorded as failed and its thread is given up; 0s to 1h
	 * @param maxAbandonedThreads how many threads that were given up are replaced; when
	 * more of them hang, the application is not ready for traffic any more
	 * @param shutdownTimeout how long jobs may go on running when the application stops;
	 * at least 2s less than spring.lifecycle.timeout-per-shutdown-phase. Unless set it is
	 * 25s, or those 2s less if that is shorter
	 */
	public record Worker(@DefaultValue("true") boolean enabled, @DefaultValue List<String> queues,
			@DefaultValue("strict") Order order, @Nullable Integer concurrency, @DefaultValue Map<String, Group> groups,
			@DefaultValue("30s") Duration lease, @DefaultValue("1s") Duration pollInterval,
			@DefaultValue("1s") Duration maintenanceInterval, @DefaultValue("24h") Duration unknownTypeTimeout,
			@DefaultValue("5s") Duration timeoutGrace, @DefaultValue("10") int maxAbandonedThreads,
			@Nullable Duration shutdownTimeout) {

		/**
		 * Checks the values and copies the collections.
		 * @throws InvalidQPropertyException if one cannot be used
		 */
		public Worker {
			queues = List.copyOf(queues);
			groups = Map.copyOf(groups);
			if (order != Order.WEIGHTED) {
				queues.forEach(new CheckedProperty("q.worker.queues")::requireQueueName);
			}
			new CheckedProperty("q.worker.concurrency").requireAtLeast(1, concurrency);
			new CheckedProperty("q.worker.lease").requireBetween("1s", "24h", lease);
			new CheckedProperty("q.worker.poll-interval").requireBetween("1ms", "1h", pollInterval);
			new CheckedProperty("q.worker.maintenance-interval").requireBetween("1ms", "1h", maintenanceInterval);
			new CheckedProperty("q.worker.unknown-type-timeout").requirePositive(unknownTypeTimeout);
			new CheckedProperty("q.worker.timeout-grace").requireBetween("0s", "1h", timeoutGrace);
			new CheckedProperty("q.worker.max-abandoned-threads").requireAtLeast(0, maxAbandonedThreads);
			new CheckedProperty("q.worker.shutdown-timeout").requireBetween("0s", "24h", shutdownTimeout);
		}

	}

	/**
	 * A group of queues that share slots.
	 *
	 * @param queues which queues. Queues of handlers that no group lists are served by
	 * the group "default"
	 * @param concurrency how many jobs of the group run at once, as for
	 * q.worker.concurrency
	 * @param order in which order the queues are looked into. For "weighted" a queue is
	 * written with its weight, such as "mail:3"; 1 unless given
	 */
	public record Group(@DefaultValue List<String> queues, @Nullable Integer concurrency,
			@DefaultValue("strict") Order order) {

		/**
		 * Copies the list. The values are checked where the name of the group is known.
		 */
		public Group {
			queues = List.copyOf(queues);
		}

	}

	/**
	 * In which order a group looks into its queues.
	 */
	public enum Order {

		/** As listed: a later queue only when the earlier ones are empty. */
		STRICT,

		/** A queue of twice the weight is looked into first twice as often. */
		WEIGHTED,

		/** Each look begins with the next queue. */
		ROUND_ROBIN

	}

	/**
	 * What follows from a failure.
	 *
	 * @param policy how long to wait between attempts: sidekiq, fixed(10s), linear(30s),
	 * exponential(1s, 2, 1h, 0.2), or the name of a JobRetryPolicy bean
	 * @param maxAttempts failures after which a job is dead
	 * @param maxCrashes lost workers after which a job is dead
	 */
	public record Retry(@DefaultValue("sidekiq") String policy, @DefaultValue("25") int maxAttempts,
			@DefaultValue("3") int maxCrashes) {

		/**
		 * Checks the values; an empty policy is none.
		 * @throws InvalidQPropertyException if one cannot be used
		 */
		public Retry {
			policy = policy.isBlank() ? "sidekiq" : policy;
			new CheckedProperty("q.retry.max-attempts").requireAtLeast(1, maxAttempts);
			new CheckedProperty("q.retry.max-crashes").requireAtLeast(1, maxCrashes);
		}

	}

	/**
	 * How long finished jobs are kept; 0s keeps nothing.
	 *
	 * @param succeeded for jobs that succeeded
	 * @param succeededPerQueue how many of those each queue keeps at most
	 * @param cancelled for jobs that were cancelled
	 * @param expired for jobs that expired
	 * @param dead for dead jobs
	 */
	public record Retention(@DefaultValue("24h") Duration succeeded, @DefaultValue("10000") int succeededPerQueue,
			@DefaultValue("24h") Duration cancelled, @DefaultValue("24h") Duration expired,
			@DefaultValue("90d") Duration dead) {

		/**
		 * Checks the values.
		 * @throws InvalidQPropertyException if one cannot be used
		 */
		public Retention {
			new CheckedProperty("q.retention.succeeded").requireNotNegative(succeeded);
			new CheckedProperty("q.retention.succeeded-per-queue").requireAtLeast(0, succeededPerQueue);
			new CheckedProperty("q.retention.cancelled").requireNotNegative(cancelled);
			new CheckedProperty("q.retention.expired").requireNotNegative(expired);
			new CheckedProperty("q.retention.dead").requireNotNegative(dead);
		}

	}

}
