package dev.q.admin.view;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Puts an object together that is to become JSON, its fields in their order. Fields that
 * are null are left out; instants, durations, constants and names become text. For use by
 * one thread.
 *
 * @since 0.1
 */
public final class JsonMap {

	private final Map<String, Object> fields = new LinkedHashMap<>();

	/**
	 * Adds a field, unless it is null.
	 * @param name its name
	 * @param value its value, or null
	 * @return this
	 */
	public JsonMap with(String name, @Nullable Object value) {
		if (value != null) {
			boolean isText = value instanceof Instant || value instanceof Duration || value instanceof Enum<?>
					|| value.getClass().getName().startsWith("dev.q.");
			this.fields.put(name, isText ? value.toString() : value);
		}
		return this;
	}

	/**
	 * Adds fields.
	 * @param others fields of another object
	 * @return this
	 */
	public JsonMap withAll(Map<String, Object> others) {
		this.fields.putAll(others);
		return this;
	}

	/**
	 * What was put together.
	 * @return the fields in their order
	 */
	public Map<String, Object> map() {
		return this.fields;
	}

}
