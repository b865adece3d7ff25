package dev.q.boot;

import dev.q.engine.EngineSettings;

/**
 * Changes the settings of the worker before it is made. Beans of this type are asked in
 * their order; each is given what the one before it has answered.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface JobEngineCustomizer {

	/**
	 * Changes settings.
	 * @param settings what the properties say, and other customizers
	 * @return what is to count; never null
	 */
	EngineSettings customize(EngineSettings settings);

}
