package dev.q.boot.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Puts an object of an answer together. Fields that are null are left out; instants and
 * names become text.
 */
final class JsonMap {

	private final Map<String, Object> fields = new LinkedHashMap<>();

	JsonMap with(String name, @Nullable Object value) {
		if (value != null) {
			boolean isText = value instanceof Instant || value instanceof Duration || value instanceof Enum<?>
					|| value.getClass().getName().startsWith("dev.q.");
			this.fields.put(name, isText ? value.toString() : value);
		}
		return this;
	}

	JsonMap withAll(Map<String, Object> others) {
		this.fields.putAll(others);
		return this;
	}

	Map<String, Object> map() {
		return this.fields;
	}

}
