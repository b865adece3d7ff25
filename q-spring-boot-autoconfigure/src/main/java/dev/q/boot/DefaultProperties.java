package dev.q.boot;

import java.time.Duration;

import dev.q.JobOptions;
import dev.q.handler.OptionText;
import dev.q.job.DeliveryMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.PropertyMapper;

/**
 * How jobs are run for which neither their call nor their handler nor their queue says
 * anything. Attempts and crashes are in q.retry, the lease is in q.worker, what an
 * enqueue does in a transaction in q.transaction. A maximum length and a unique key
 * belong to a queue or something nearer.
 *
 * @param priority priority within the queue, 0 to 9, 0 first; 5 unless set
 * @param timeout how long an attempt may run; for ever unless set
 * @param timeToLive at which age a job expires; never unless set
 * @param delivery how often a job may be handed out when things go wrong: at-least-once,
 * which it is unless set, or at-most-once; q.retry.max-attempts is for the former
 * @param durability how safe a job must be before its enqueue returns: standard, which it
 * is unless set, relaxed, or replicated(1, 5s) with how many copies and how long to wait
 * for them
 * @since 0.1
 */
public record DefaultProperties(@Nullable Integer priority, @Nullable Duration timeout, @Nullable Duration timeToLive,
		@Nullable DeliveryMode delivery, @Nullable String durability) {

	/**
	 * Checks the values; an empty text is none.
	 * @throws InvalidQPropertyException if one cannot be used
	 */
	public DefaultProperties {
		durability = QueueProperties.text(durability);
		new CheckedProperty("q.defaults.priority").requireBetween(0, 9, priority);
		new CheckedProperty("q.defaults.timeout").requireBetween("1ms", "365d", timeout);
		new CheckedProperty("q.defaults.time-to-live").requireTimeToLive(timeToLive);
		new CheckedProperty("q.defaults.durability").requireDurability(durability);
	}

	/**
	 * Lays these over others.
	 * @param lower what else is said of all jobs
	 * @return both in one
	 */
	JobOptions over(JobOptions lower) {
		PropertyMapper map = PropertyMapper.get();
		JobOptions options = map.from(this::priority).to(lower, JobOptions::priority);
		options = map.from(this::timeout).to(options, JobOptions::timeout);
		options = map.from(this::timeToLive).to(options, JobOptions::timeToLive);
		options = map.from(this::delivery).to(options, JobOptions::delivery);
		return map.from(this::durability).as(OptionText::durability).to(options, JobOptions::durability);
	}

}
