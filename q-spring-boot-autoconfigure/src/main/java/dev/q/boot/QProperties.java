package dev.q.boot;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * All that can be tuned in {@code application.yml}.
 *
 * @param store where jobs are kept
 * @param maxPayload most bytes that the payload of a job may have
 * @param memory the store in memory
 * @param worker who works jobs, and how
 * @param retry what follows from a failure
 * @param retention how long finished jobs are kept
 * @param queues what differs for a queue, by its name. A name with dots, underscores or
 * capitals is written in brackets: q.queues."[a.b]".priority
 * @since 0.1
 */
@ConfigurationProperties(prefix = "q", ignoreUnknownFields = false)
public record QProperties(@DefaultValue("memory") StoreType store, @DefaultValue("256KB") DataSize maxPayload,
		@DefaultValue Memory memory, @DefaultValue Worker worker, @DefaultValue Retry retry,
		@DefaultValue Retention retention, @DefaultValue Map<String, Queue> queues) {

	/**
	 * Checks what the parts cannot check by themselves, and copies the map.
	 * @throws InvalidQPropertyException if a value cannot be used
	 */
	public QProperties {
		new CheckedProperty("q.max-payload").requireBetween("1B", "64MB", maxPayload);
		queues = Map.copyOf(queues);
		queues.forEach((name, queue) -> {
			new CheckedProperty("q.queues").requireQueueName(name);
			queue.check("q.queues." + name);
		});
	}

	/**
	 * The store in memory.
	 *
	 * @param capacity how many jobs may wait in each queue
	 * @param offerTimeout how long an enqueue waits for room in a full queue
	 */
	public record Memory(@DefaultValue("10000") int capacity, @DefaultValue("10ms") Duration offerTimeout) {

		/**
		 * Checks the values.
		 * @throws InvalidQPropertyException if one cannot be used
		 */
		public Memory {
			new CheckedProperty("q.memory.capacity").requireAtLeast(1, capacity);
			new CheckedProperty("q.memory.offer-timeout").requireBetween("0s", "1m", offerTimeout);
		}

	}

	/**
	 * Who works jobs, and how.
	 *
	 * @param enabled whether this application works jobs; if not it only enqueues, and
	 * has no threads for it
	 * @param queues which queues come first, in order of preference. Queues of handlers
	 * that are not listed take turns after those
	 * @param concurrency how many jobs run at once; twice the number of processors unless
	 * set
	 * @param lease how long a job waits until it is taken over from a worker that died;
	 * 1s to 24h
	 * @param pollInterval how long at most until a job is found of which no signal has
	 * told; 1ms to 1h
	 * @param maintenanceInterval how often due, expired and old jobs are looked after;
	 * 1ms to 1h
	 * @param shutdownTimeout how long jobs may go on running when the application stops;
	 * at least 2s less than spring.lifecycle.timeout-per-shutdown-phase. Unless set it is
	 * 25s, or those 2s less if that is shorter
	 */
	public record Worker(@DefaultValue("true") boolean enabled, @DefaultValue List<String> queues,
			@Nullable Integer concurrency, @DefaultValue("30s") Duration lease,
			@DefaultValue("1s") Duration pollInterval, @DefaultValue("1s") Duration maintenanceInterval,
			@Nullable Duration shutdownTimeout) {

		/**
		 * Checks the values and copies the list.
		 * @throws InvalidQPropertyException if one cannot be used
		 */
		public Worker {
			queues = List.copyOf(queues);
			queues.forEach(new CheckedProperty("q.worker.queues")::requireQueueName);
			new CheckedProperty("q.worker.concurrency").requireAtLeast(1, concurrency);
			new CheckedProperty("q.worker.lease").requireBetween("1s", "24h", lease);
			new CheckedProperty("q.worker.poll-interval").requireBetween("1ms", "1h", pollInterval);
			new CheckedProperty("q.worker.maintenance-interval").requireBetween("1ms", "1h", maintenanceInterval);
			new CheckedProperty("q.worker.shutdown-timeout").requireBetween("0s", "24h", shutdownTimeout);
		}

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

	/**
	 * What differs for a queue.
	 *
	 * @param priority priority of jobs that name none, 0 to 9, 0 first
	 * @param maxLength how many jobs may wait
	 * @param maxAttempts failures after which a job is dead
	 * @param retry how long to wait between attempts, as in q.retry.policy
	 * @param lease how long a job waits until it is taken over from a worker that died
	 * @param timeToLive at which age a job expires
	 */
	public record Queue(@Nullable Integer priority, @Nullable Integer maxLength, @Nullable Integer maxAttempts,
			@Nullable String retry, @Nullable Duration lease, @Nullable Duration timeToLive) {

		/**
		 * Takes an empty policy for none. The values are checked where the name of the
		 * queue is known.
		 */
		public Queue {
			retry = (retry == null || retry.isBlank()) ? null : retry;
		}

		void check(String prefix) {
			new CheckedProperty(prefix + ".priority").requireBetween(0, 9, this.priority);
			new CheckedProperty(prefix + ".max-length").requireAtLeast(1, this.maxLength);
			new CheckedProperty(prefix + ".max-attempts").requireAtLeast(1, this.maxAttempts);
			new CheckedProperty(prefix + ".lease").requireBetween("1s", "24h", this.lease);
			new CheckedProperty(prefix + ".time-to-live").requirePositive(this.timeToLive);
		}

	}

}
