package dev.q.boot.redis;

import io.lettuce.core.ClientOptions;

import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;

/**
 * Changes how Q connects to Redis; the application's own connections stay as they are.
 * Beans of this type are asked in their order, once at the start, after what Q has taken
 * over from the application's connections and changed for itself.
 *
 * <p>
 * Not up for change is that a connection reconnects by itself, refuses commands while it
 * is broken, and never sends a command again that may have been carried out: Q's promises
 * depend on it. Nor may a replica be read from.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface QLettuceCustomizer {

	/**
	 * Changes the client.
	 * @param client its configuration; options that are set here are replaced by the
	 * other argument
	 * @param options its options; for a cluster they are a
	 * {@link io.lettuce.core.cluster.ClusterClientOptions.Builder}
	 */
	void customize(LettuceClientConfigurationBuilder client, ClientOptions.Builder options);

}
