package dev.q.boot;

import java.util.Map;
import java.util.stream.Collectors;

import dev.q.handler.HandlerRegistry;
import dev.q.job.TypeName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What differs for a handler.
 *
 * @param concurrency how many of its attempts may run at once in this process, in place
 * of what its annotation says; at least 1. Those beyond wait in their slots, so a handler
 * whose jobs pile up needs a queue and a worker group of its own
 * @since 0.1
 */
public record HandlerProperties(@Nullable Integer concurrency) {

	private static final Logger logger = LoggerFactory.getLogger(HandlerProperties.class);

	void check(String prefix) {
		new CheckedProperty(prefix).requireType(prefix.substring(QProperties.HANDLERS.length()));
		new CheckedProperty(prefix + ".concurrency").requireAtLeast(1, this.concurrency);
	}

	static Map<TypeName, Integer> concurrency(Map<String, HandlerProperties> handlers) {
		return handlers.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().concurrency() != null)
			.collect(Collectors.toMap((entry) -> new TypeName(entry.getKey()),
					(entry) -> entry.getValue().concurrency()));
	}

	/**
	 * One file of properties may be for several applications, so a handler that is not
	 * here is no error. A name that is written wrong looks the same.
	 */
	static void warnOfUnknown(Map<String, HandlerProperties> handlers, HandlerRegistry registry) {
		handlers.keySet()
			.stream()
			.filter((type) -> registry.find(new TypeName(type)).isEmpty())
			.forEach((type) -> logger.warn("q.handlers.{} says something of a handler that is not in this application",
					type));
	}

}
