package dev.q.boot.redis;

import java.time.Duration;
import java.util.List;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.resource.ClientResources;

import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceSslClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Makes Q's connections: to the servers of the application, with its login and its TLS,
 * but neither pooled nor to a replica.
 */
final class OwnConnections {

	private final OwnClientOptions options;

	private final Duration timeout;

	private final List<QLettuceCustomizer> customizers;

	OwnConnections(OwnClientOptions options, Duration timeout, List<QLettuceCustomizer> customizers) {
		this.options = options;
		this.timeout = timeout;
		this.customizers = List.copyOf(customizers);
	}

	/**
	 * Makes a factory.
	 * @return a factory that is not started
	 */
	LettuceConnectionFactory like(ApplicationConnections application) {
		RedisConfiguration servers = application.servers();
		LettuceClientConfiguration client = application.client();
		ClientResources resources = OwnConnectionFactory.resources(client.getClientResources().orElse(null));
		LettuceClientConfigurationBuilder own = LettuceClientConfiguration.builder().clientResources(resources);
		copyIdentity(client, own);
		own.commandTimeout(this.timeout);
		ClientOptions.Builder changed = this.options.builder(client.getClientOptions().orElseGet(ClientOptions::create),
				RedisConfiguration.isClusterConfiguration(servers));
		this.customizers.forEach((customizer) -> customizer.customize(own, changed));
		return OwnConnectionFactory.of(servers, own.clientOptions(this.options.build(changed)).build(), resources);
	}

	private static void copyIdentity(LettuceClientConfiguration from, LettuceClientConfigurationBuilder to) {
		if (from.isUseSsl()) {
			LettuceSslClientConfigurationBuilder ssl = to.useSsl().verifyPeer(from.getVerifyMode());
			if (from.isStartTls()) {
				ssl.startTls();
			}
		}
		from.getClientName().ifPresent(to::clientName);
		from.getRedisCredentialsProviderFactory().ifPresent(to::redisCredentialsProviderFactory);
	}

}
