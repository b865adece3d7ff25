package dev.q.admin.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that somebody does, before it is done.
 *
 * @param name what is done, such as {@code cancel}
 * @param target to what, and how: ids, or a filter, or the name of a queue or of a
 * schedule; texts, numbers and lists of texts, by name
 * @param isDryRun whether it is only counted what would be changed
 * @since 0.1
 */
public record Act(String name, Map<String, Object> target, boolean isDryRun) {

	/**
	 * Copies the map, in its order.
	 */
	public Act {
		target = Collections.unmodifiableMap(new LinkedHashMap<>(target));
	}

	/**
	 * An act that changes something.
	 * @param name what is done
	 * @param target to what
	 * @return the act
	 */
	public static Act of(String name, Map<String, Object> target) {
		return new Act(name, target, false);
	}

}
