package dev.q.boot;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Schedules that handlers declare by {@code @Recurring}.
 *
 * @param vanished what becomes of a schedule that an application of this name,
 * spring.application.name, declared before and does no more: remove or keep
 * @since 0.1
 */
public record RecurringProperties(@DefaultValue("remove") Vanished vanished) {

	/**
	 * What becomes of a schedule that nobody declares any more.
	 */
	public enum Vanished {

		/** It is removed by the next worker that starts. */
		REMOVE,

		/** It stays until it is removed by hand. */
		KEEP

	}

}
