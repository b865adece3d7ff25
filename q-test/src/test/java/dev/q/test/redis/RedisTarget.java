package dev.q.test.redis;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import dev.q.test.server.RedisCluster;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisSentinel;
import dev.q.test.server.RedisServer;
import dev.q.test.server.RedisServers;
import dev.q.test.server.RedisSource;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Where a store is tested: one server, or a cluster.
 *
 * @param configuration how to get there
 * @param servers all servers
 */
record RedisTarget(RedisConfiguration configuration, List<RedisServer> servers) {

	/** Threads that all clients of this JVM share, as most live for one test only. */
	private static final ClientResources RESOURCES = DefaultClientResources.create();

	static RedisTarget shared() {
		return standalone(RedisServers.shared());
	}

	static RedisTarget shared(RedisSource source) {
		return standalone(RedisServers.shared(source));
	}

	static RedisTarget standalone(RedisServer server) {
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration(server.host(), server.port());
		String password = password(server.uri());
		if (password != null) {
			configuration.setPassword(RedisPassword.of(password));
		}
		return new RedisTarget(configuration, List.of(server));
	}

	private static @Nullable String password(URI uri) {
		String user = uri.getUserInfo();
		return (user != null) ? user.substring(user.indexOf(':') + 1) : null;
	}

	/** The same server, by the name of a user. */
	RedisTarget as(String user, String password) {
		RedisStandaloneConfiguration standalone = (RedisStandaloneConfiguration) this.configuration;
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration(standalone.getHostName(),
				standalone.getPort());
		configuration.setUsername(user);
		configuration.setPassword(password);
		return new RedisTarget(configuration, this.servers);
	}

	static RedisTarget cluster() {
		return cluster(RedisCluster.shared());
	}

	static RedisTarget cluster(RedisCluster cluster) {
		List<RedisServer> servers = cluster.nodes().stream().map(RedisProcess::server).toList();
		RedisClusterConfiguration configuration = new RedisClusterConfiguration();
		servers.forEach((server) -> configuration.clusterNode(server.host(), server.port()));
		return new RedisTarget(configuration, servers);
	}

	static RedisTarget watchedBy(RedisSentinel sentinel, RedisProcess master) {
		RedisSentinelConfiguration configuration = new RedisSentinelConfiguration().master(RedisSentinel.MASTER_NAME)
			.sentinel(sentinel.process().server().host(), sentinel.process().port());
		return new RedisTarget(configuration, List.of(master.server()));
	}

	LettuceConnectionFactory connections() {
		LettuceClientConfiguration client = LettuceClientConfiguration.builder()
			.clientResources(RESOURCES)
			.shutdownTimeout(Duration.ZERO)
			.shutdownQuietPeriod(Duration.ZERO)
			.build();
		return new LettuceConnectionFactory(this.configuration, client);
	}

	/** Deletes all data and all scripts. */
	void clear() {
		for (RedisServer server : this.servers) {
			server.command("FLUSHALL");
			server.command("SCRIPT", "FLUSH");
		}
	}

}
