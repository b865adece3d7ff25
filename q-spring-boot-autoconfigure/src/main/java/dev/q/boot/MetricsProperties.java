package dev.q.boot;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What Q measures.
 *
 * @param sampleInterval how often the queues are looked at for the gauges of their depth
 * and age; 1s to 1h. The look is taken in the background, by each application, and costs
 * PostgreSQL some 70ms where a million jobs are
 * @since 0.1
 */
public record MetricsProperties(@DefaultValue("15s") Duration sampleInterval) {

	/**
	 * Checks the value.
	 * @throws InvalidQPropertyException if it cannot be used
	 */
	public MetricsProperties {
		new CheckedProperty("q.metrics.sample-interval").requireBetween("1s", "1h", sampleInterval);
	}

}
