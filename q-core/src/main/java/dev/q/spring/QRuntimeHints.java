package dev.q.spring;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What a native image must know of Q: the scripts of the store on Redis and those of the
 * schema in PostgreSQL are read from the class path.
 *
 * @since 0.1
 */
public class QRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.resources().registerPattern("dev/q/store/redis/*.lua").registerPattern("dev/q/store/jdbc/schema/*.sql");
	}

}
