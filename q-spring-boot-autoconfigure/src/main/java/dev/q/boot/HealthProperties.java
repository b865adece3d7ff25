package dev.q.boot;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When health is down beside the troubles of the worker.
 *
 * @param maxAge how long the oldest ready job of a queue may have been due; health is
 * down while one has waited longer. Paused queues do not count. No limit unless set; 1ms
 * to 365d
 * @param maxAges the same for single queues, by name
 * @since 0.1
 */
public record HealthProperties(@Nullable Duration maxAge, @DefaultValue Map<String, Duration> maxAges) {

	/**
	 * Checks the limits and copies the map.
	 * @throws InvalidQPropertyException if one cannot be used
	 */
	public HealthProperties {
		if (maxAge != null) {
			requireAge("q.health.max-age", maxAge);
		}
		maxAges.forEach((queue, age) -> {
			new CheckedProperty("q.health.max-ages").requireQueueName(queue);
			requireAge("q.health.max-ages." + queue, age);
		});
		maxAges = Map.copyOf(maxAges);
	}

	private static void requireAge(String name, Duration age) {
		new CheckedProperty(name).requireBetween("1ms", "365d", age);
	}

	/**
	 * Whether any queue has a limit.
	 * @return false if nothing is set
	 */
	public boolean hasLimit() {
		return this.maxAge != null || !this.maxAges.isEmpty();
	}

	/**
	 * How long the oldest ready job of a queue may have been due.
	 * @param queue name of the queue
	 * @return the limit, or null if there is none
	 */
	public @Nullable Duration limitOf(String queue) {
		Duration own = this.maxAges.get(queue);
		return (own != null) ? own : this.maxAge;
	}

}
