package dev.q.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import dev.q.JobOption;
import dev.q.JobOptions;
import dev.q.TransactionMode;
import dev.q.job.DeliveryMode;
import dev.q.job.Due;
import dev.q.job.Durability;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.job.UniqueKey;
import org.jspecify.annotations.Nullable;

/**
 * All that the options of a job come to, once every layer has spoken.
 *
 * @param queue see {@link JobSpec}, as all but the last four
 * @param byPayload how the key is made of the payload, or null if it is not
 * @param due when the job is to become ready
 * @param maxLength how many jobs may wait in the queue when it is in, 0 for no limit
 * @param transaction what it has to do with the caller's transaction, or null for what
 * the store can do best
 */
record Terms(QueueName queue, int payloadVersion, int priority, JobLimits limits, DeliveryMode delivery,
		Durability durability, @Nullable UniqueKey unique, @Nullable String retry, Set<String> tags,
		Map<String, String> headers, UniqueKey.@Nullable ByPayload byPayload, Due due, int maxLength,
		@Nullable TransactionMode transaction) {

	Terms {
		requireStorable(due, limits);
	}

	/**
	 * Draws the sum.
	 * @param options all layers in one
	 * @param queue the queue that they choose
	 * @return the terms
	 */
	static Terms of(JobOptions options, QueueName queue) {
		return new Terms(queue, options.get(JobOption.PAYLOAD_VERSION).orElse(1),
				options.get(JobOption.PRIORITY).orElse(JobSpec.DEFAULT_PRIORITY), limits(options),
				options.get(JobOption.DELIVERY).orElse(DeliveryMode.AT_LEAST_ONCE),
				options.get(JobOption.DURABILITY).orElse(Durability.STANDARD),
				options.get(JobOption.UNIQUE).orElse(null), options.get(JobOption.RETRY).orElse(null),
				options.get(JobOption.TAGS).orElse(Set.of()), options.get(JobOption.HEADERS).orElse(Map.of()),
				options.get(JobOption.UNIQUE_BY_PAYLOAD).orElse(null), options.get(JobOption.DUE).orElse(Due.NOW),
				options.get(JobOption.MAX_LENGTH).orElse(0), options.get(JobOption.TRANSACTION).orElse(null));
	}

	/**
	 * What of the sum excludes each other.
	 * @return the first two points that do, or null if none do
	 */
	@Nullable Clash clash() {
		Duration age = this.limits.timeToLive();
		if (age != null && this.due instanceof Due.After wait && wait.delay().compareTo(age) >= 0) {
			return new Clash("would expire before it is ready",
					new Clash.Point(JobOption.DUE, "a delay of " + wait.delay()),
					new Clash.Point(JobOption.TIME_TO_LIVE, "a time to live of " + age),
					"Let it live longer, or start it sooner");
		}
		Instant deadline = this.limits.deadline();
		if (deadline != null && this.due instanceof Due.At at && !deadline.isAfter(at.instant())) {
			return new Clash("would expire before it is ready",
					new Clash.Point(JobOption.DUE, "a start at " + at.instant()),
					new Clash.Point(JobOption.DEADLINE, "a deadline at " + deadline), "Move one of them");
		}
		return null;
	}

	private static JobLimits limits(JobOptions options) {
		return new JobLimits(options.get(JobOption.MAX_ATTEMPTS).orElse(JobLimits.DEFAULT.maxAttempts()),
				options.get(JobOption.MAX_CRASHES).orElse(JobLimits.DEFAULT.maxCrashes()),
				options.get(JobOption.LEASE).orElse(null), options.get(JobOption.TIMEOUT).orElse(null),
				options.get(JobOption.TIME_TO_LIVE).orElse(null),
				options.get(JobOption.DEADLINE).map(Terms::countable).orElse(null));
	}

	/** Servers count from 1970, and what was before that is over anyway. */
	private static Instant countable(Instant deadline) {
		return deadline.isBefore(Instant.EPOCH) ? Instant.EPOCH : deadline;
	}

	/**
	 * What no store can hold is refused before the first job is stored.
	 */
	private static void requireStorable(Due due, JobLimits limits) {
		requireStorable("delay", due);
		if (limits.timeToLive() != null) {
			requireStorable("time to live", Due.in(limits.timeToLive()));
		}
		if (limits.deadline() != null) {
			requireStorable("deadline", Due.at(limits.deadline()));
		}
	}

	private static void requireStorable(String what, Due due) {
		try {
			due.from(Due.LATEST_CLOCK);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"The %s of a job is beyond what can be stored: %s".formatted(what, ex.getMessage()), ex);
		}
	}

	JobSpec spec(TypeName type, Payload payload) {
		return new JobSpec(this.queue, type, this.payloadVersion, payload, this.priority, this.limits, this.delivery,
				this.durability, this.unique, this.retry, this.tags, this.headers);
	}

}
