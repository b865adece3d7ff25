package dev.q.store.redis;

import java.time.Duration;

import dev.q.job.Names;

/**
 * Settings of a store in Redis.
 *
 * @param namespace what all keys and channels begin with: 1 to 128 characters of
 * {@code [A-Za-z0-9._-]}. Stores of different namespaces do not see each other
 * @param timeout how long a call waits for the server, more than zero
 * @param allowEviction whether a server is accepted that may throw out keys when its
 * memory is full, and jobs with them
 * @since 0.1
 */
public record RedisSettings(String namespace, Duration timeout, boolean allowEviction) {

	/** Namespace {@code q}, 5 s, no eviction. */
	public static final RedisSettings DEFAULT = new RedisSettings("q", Duration.ofSeconds(5), false);

	/**
	 * Checks the settings.
	 * @throws IllegalArgumentException if the namespace breaks the rule of names, or the
	 * timeout is not more than zero
	 */
	public RedisSettings {
		Names.require("A namespace", namespace);
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("A timeout must be more than zero, but was " + timeout);
		}
	}

}
