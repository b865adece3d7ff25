package dev.q.cli.store;

import java.time.Duration;
import java.util.Set;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Reaches Redis as {@code spring.data.redis} says.
 *
 * @param properties what it says
 */
record RedisConnections(DataRedisProperties properties) {

	/** For a command that is over in a moment. */
	LettuceConnectionFactory make(Duration timeout) {
		return ShortConnections.of(servers(), client(timeout));
	}

	/** As many threads as in an application. */
	LettuceConnectionFactory makeForLoad(Duration timeout) {
		return new LettuceConnectionFactory(servers(), client(timeout).build());
	}

	private LettuceClientConfiguration.LettuceClientConfigurationBuilder client(Duration timeout) {
		refuse("spring.data.redis.ssl.bundle", this.properties.getSsl().getBundle(),
				"Set spring.data.redis.ssl.enabled=true instead, and -Djavax.net.ssl.trustStore for the JVM if the certificate needs it");
		refuse("spring.data.redis.masterreplica.nodes",
				(this.properties.getMasterreplica() != null) ? "a list of servers" : null,
				"Name the master alone by spring.data.redis.host, or use Sentinel or Cluster");
		LettuceClientConfiguration.LettuceClientConfigurationBuilder client = LettuceClientConfiguration.builder()
			.commandTimeout(timeout);
		if (usesTls()) {
			client.useSsl();
		}
		return client;
	}

	private static void refuse(String key, @Nullable String value, String remedy) {
		if (value != null) {
			throw new SetupException(
					"The command line does not read %s, but it is %s. %s".formatted(key, value, remedy));
		}
	}

	private boolean usesTls() {
		String url = this.properties.getUrl();
		return this.properties.getSsl().isEnabled() || (url != null && uri(url).isSsl());
	}

	/** A login in the address is whole: nothing of another one is mixed in. */
	private RedisConfiguration servers() {
		RedisConfiguration servers = withoutLogin();
		if (servers instanceof RedisConfiguration.WithAuthentication login && !login.getPassword().isPresent()) {
			Login known = login();
			if (known.user() != null) {
				login.setUsername(known.user());
			}
			if (known.password() != null) {
				login.setPassword(RedisPassword.of(known.password()));
			}
		}
		return servers;
	}

	private Login login() {
		RedisURI url = (this.properties.getUrl() != null) ? uri(this.properties.getUrl()) : new RedisURI();
		RedisCredentials inUrl = url.getCredentialsProvider().resolveCredentials().block();
		if (inUrl != null && inUrl.hasPassword()) {
			return new Login(inUrl.getUsername(), new String(inUrl.getPassword()));
		}
		return new Login(this.properties.getUsername(), this.properties.getPassword());
	}

	/** As an application takes them: Sentinel and Cluster go before an address. */
	private RedisConfiguration withoutLogin() {
		if (this.properties.getSentinel() != null) {
			return sentinels(this.properties.getSentinel());
		}
		if (this.properties.getCluster() != null) {
			return cluster(this.properties.getCluster());
		}
		if (this.properties.getUrl() != null) {
			return LettuceConnectionFactory.createRedisConfiguration(uri(this.properties.getUrl()));
		}
		RedisStandaloneConfiguration one = new RedisStandaloneConfiguration(this.properties.getHost(),
				this.properties.getPort());
		one.setDatabase(this.properties.getDatabase());
		return one;
	}

	private RedisConfiguration sentinels(DataRedisProperties.Sentinel sentinel) {
		RedisSentinelConfiguration servers = new RedisSentinelConfiguration(
				required("spring.data.redis.sentinel.master", sentinel.getMaster()),
				Set.copyOf(required("spring.data.redis.sentinel.nodes", sentinel.getNodes())));
		servers.setDatabase((this.properties.getUrl() != null) ? uri(this.properties.getUrl()).getDatabase()
				: this.properties.getDatabase());
		servers.setSentinelUsername(sentinel.getUsername());
		if (sentinel.getPassword() != null) {
			servers.setSentinelPassword(RedisPassword.of(sentinel.getPassword()));
		}
		return servers;
	}

	private static RedisConfiguration cluster(DataRedisProperties.Cluster cluster) {
		RedisClusterConfiguration servers = new RedisClusterConfiguration(
				required("spring.data.redis.cluster.nodes", cluster.getNodes()));
		if (cluster.getMaxRedirects() != null) {
			servers.setMaxRedirects(cluster.getMaxRedirects());
		}
		return servers;
	}

	private static <T> T required(String key, @Nullable T value) {
		if (value == null) {
			throw new SetupException("%s is missing. Set it, or leave all beside it out".formatted(key));
		}
		return value;
	}

	private static RedisURI uri(String url) {
		try {
			return RedisURI.create(url);
		}
		catch (IllegalArgumentException ex) {
			// The complaint may quote a password.
			throw new SetupException(
					"spring.data.redis.url, or --url, is no address of Redis such as redis://host:6379/0 or redis-sentinel://host:26379/0#master");
		}
	}

	/**
	 * Who logs in.
	 *
	 * @param user the name, or null for the usual one
	 * @param password the password, or null for none
	 */
	private record Login(@Nullable String user, @Nullable String password) {
	}

}
