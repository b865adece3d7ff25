package dev.q.boot;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The store in memory.
 *
 * @param capacity how many jobs may wait in each queue
 * @param offerTimeout how long an enqueue waits for room in a full queue
 * @param warnOfLoss whether to log at the start that unfinished jobs are lost when the
 * process ends, and at the end how many were. Never done in the profiles dev, test and
 * local
 * @since 0.1
 */
public record MemoryProperties(@DefaultValue("10000") int capacity, @DefaultValue("10ms") Duration offerTimeout,
		@DefaultValue("true") boolean warnOfLoss) {

	/**
	 * Checks the values.
	 * @throws InvalidQPropertyException if one cannot be used
	 */
	public MemoryProperties {
		new CheckedProperty("q.memory.capacity").requireAtLeast(1, capacity);
		new CheckedProperty("q.memory.offer-timeout").requireBetween("0s", "1m", offerTimeout);
	}

}
