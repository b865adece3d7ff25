package dev.q.boot;

import java.time.Duration;

import dev.q.JobOptions;
import dev.q.TransactionMode;
import dev.q.handler.OptionText;
import dev.q.job.DeliveryMode;
import dev.q.job.UniqueKey;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What differs for a queue. Handlers and calls that say otherwise go first.
 *
 * @param priority priority of jobs that name none, 0 to 9, 0 first
 * @param maxLength how many jobs may wait
 * @param maxAttempts failures after which a job is dead
 * @param maxCrashes lost workers after which a job is dead
 * @param retry how long to wait between attempts, as in q.retry.policy
 * @param lease how long a job waits until it is taken over from a worker that died
 * @param timeout how long an attempt may run
 * @param timeToLive at which age a job expires
 * @param delivery how often a job may be handed out when things go wrong: at-least-once
 * or at-most-once. The latter leaves room for one attempt
 * @param durability how safe a job must be before its enqueue returns: standard, relaxed,
 * or replicated(1, 5s) with how many copies and how long to wait for them
 * @param uniqueByPayload that jobs of equal payload are one, and for how long: pending,
 * until-done, until-success or window(10m)
 * @param uniqueConflict what happens to a job when there is one of its payload:
 * return-existing, throw, replace-payload, reschedule or run-again-after; return-existing
 * unless set
 * @param transaction what an enqueue has to do with the transaction of its caller, as
 * q.transaction
 * @param exclusive whether one job at a time runs in the whole cluster, in order of
 * enqueue. To be set alike wherever the queue is worked
 * @since 0.1
 */
public record QueueProperties(@Nullable Integer priority, @Nullable Integer maxLength, @Nullable Integer maxAttempts,
		@Nullable Integer maxCrashes, @Nullable String retry, @Nullable Duration lease, @Nullable Duration timeout,
		@Nullable Duration timeToLive, @Nullable DeliveryMode delivery, @Nullable String durability,
		@Nullable String uniqueByPayload, UniqueKey.@Nullable Conflict uniqueConflict,
		@Nullable TransactionMode transaction, @DefaultValue("false") boolean exclusive) {

	/**
	 * Takes an empty text for none. The values are checked where the name of the queue is
	 * known.
	 */
	public QueueProperties {
		retry = text(retry);
		durability = text(durability);
		uniqueByPayload = text(uniqueByPayload);
	}

	static @Nullable String text(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text;
	}

	void check(String prefix) {
		new CheckedProperty(prefix + ".priority").requireBetween(0, 9, this.priority);
		new CheckedProperty(prefix + ".max-length").requireAtLeast(1, this.maxLength);
		new CheckedProperty(prefix + ".max-attempts").requireAtLeast(1, this.maxAttempts);
		new CheckedProperty(prefix + ".max-crashes").requireAtLeast(1, this.maxCrashes);
		new CheckedProperty(prefix + ".retry").requireRetry(this.retry);
		new CheckedProperty(prefix + ".lease").requireBetween("1s", "24h", this.lease);
		new CheckedProperty(prefix + ".timeout").requireBetween("1ms", "365d", this.timeout);
		new CheckedProperty(prefix + ".time-to-live").requireTimeToLive(this.timeToLive);
		new CheckedProperty(prefix + ".durability").requireDurability(this.durability);
		new CheckedProperty(prefix + ".unique-by-payload").requireScope(this.uniqueByPayload);
		if (this.uniqueConflict != null && this.uniqueByPayload == null) {
			throw new CheckedProperty(prefix + ".unique-conflict").refuse(this.uniqueConflict,
					"Nothing says that jobs are unique. Set %s.unique-by-payload, or leave it out".formatted(prefix));
		}
		if (this.delivery == DeliveryMode.AT_MOST_ONCE && this.maxAttempts != null && this.maxAttempts > 1) {
			throw new CheckedProperty(prefix + ".max-attempts").refuse(this.maxAttempts,
					"%s.delivery is at-most-once, which leaves room for one attempt. Leave one of them out"
						.formatted(prefix));
		}
	}

	/**
	 * What is said of the jobs of the queue.
	 * @return their options
	 */
	JobOptions options() {
		PropertyMapper map = PropertyMapper.get();
		JobOptions options = JobOptions.NONE;
		options = map.from(this::priority).to(options, JobOptions::priority);
		options = map.from(this::maxLength).to(options, JobOptions::maxLength);
		options = map.from(this::maxAttempts).to(options, JobOptions::maxAttempts);
		options = map.from(this::maxCrashes).to(options, JobOptions::maxCrashes);
		options = map.from(this::retry).to(options, JobOptions::retry);
		options = map.from(this::lease).to(options, JobOptions::lease);
		options = map.from(this::timeout).to(options, JobOptions::timeout);
		options = map.from(this::timeToLive).to(options, JobOptions::timeToLive);
		options = map.from(this::delivery).to(options, JobOptions::delivery);
		options = map.from(this::durability).as(OptionText::durability).to(options, JobOptions::durability);
		options = map.from(this::uniqueByPayload).as(this::rule).to(options, JobOptions::uniqueByPayload);
		return map.from(this::transaction).to(options, JobOptions::transaction);
	}

	private UniqueKey.ByPayload rule(String scope) {
		return new UniqueKey.ByPayload(OptionText.scope(scope),
				(this.uniqueConflict != null) ? this.uniqueConflict : UniqueKey.Conflict.RETURN_EXISTING);
	}

}
