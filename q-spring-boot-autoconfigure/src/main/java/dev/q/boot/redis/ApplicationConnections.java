package dev.q.boot.redis;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.ConfigurablePropertyAccessor;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * How the application connects to Redis, as its connection factory knows it. Nothing is
 * changed there.
 */
final class ApplicationConnections {

	private static final String REPLACE = "Declare a LettuceConnectionFactory, or let Spring Boot make one"
			+ " (spring-boot-starter-data-redis, spring.data.redis.client-type not set); or set q.store to another store";

	private final LettuceConnectionFactory factory;

	private final RedisConfiguration servers;

	private ApplicationConnections(LettuceConnectionFactory factory, RedisConfiguration servers) {
		this.factory = factory;
		this.servers = servers;
	}

	/**
	 * Takes the one factory of the application, or the primary one.
	 * @throws RedisSetupException if there is none that Q can use
	 */
	static ApplicationConnections of(ObjectProvider<RedisConnectionFactory> factories) {
		RedisConnectionFactory factory = only(factories);
		if (factory == null) {
			throw new RedisSetupException(
					"Jobs are to be kept on Redis (q.store=redis), but there is no RedisConnectionFactory", REPLACE);
		}
		if (factory instanceof LettuceConnectionFactory lettuce) {
			return new ApplicationConnections(lettuce, requireKnown(serversOf(lettuce)));
		}
		throw new RedisSetupException(
				"Jobs are to be kept on Redis (q.store=redis), for which Q needs Lettuce, but the RedisConnectionFactory is a "
						+ factory.getClass().getName(),
				REPLACE);
	}

	private static @Nullable RedisConnectionFactory only(ObjectProvider<RedisConnectionFactory> factories) {
		try {
			return factories.getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new RedisSetupException(
					"Jobs are to be kept on Redis (q.store=redis), but of the connection factories %s none is the primary one"
						.formatted(ex.getBeanNamesFound()),
					"Make one of them @Primary: Q keeps its jobs where that one connects to");
		}
	}

	/**
	 * Asks the field: nothing else tells a factory of a static list of servers from one
	 * of localhost. Without the field, as in a proxy, the accessors know the usual kinds.
	 */
	private static RedisConfiguration serversOf(LettuceConnectionFactory factory) {
		Object target = AopProxyUtils.getSingletonTarget(factory);
		ConfigurablePropertyAccessor fields = PropertyAccessorFactory
			.forDirectFieldAccess((target != null) ? target : factory);
		if (fields.isReadableProperty("configuration")
				&& fields.getPropertyValue("configuration") instanceof RedisConfiguration servers) {
			return servers;
		}
		Optional<RedisConfiguration> cluster = Optional.ofNullable(factory.getClusterConfiguration());
		return cluster.or(() -> Optional.ofNullable(factory.getSentinelConfiguration()))
			.or(() -> Optional.ofNullable(factory.getSocketConfiguration()))
			.orElseGet(factory::getStandaloneConfiguration);
	}

	private static RedisConfiguration requireKnown(RedisConfiguration servers) {
		if (RedisConfiguration.isStaticMasterReplicaConfiguration(servers)) {
			throw new RedisSetupException(
					"The application's Redis is a fixed list of a master and its replicas, where Q cannot follow a failover",
					"Name the master alone (spring.data.redis.host and .port), or use Sentinel or Cluster");
		}
		return servers;
	}

	/**
	 * Where the servers are, and who logs in.
	 */
	RedisConfiguration servers() {
		return this.servers;
	}

	LettuceClientConfiguration client() {
		return this.factory.getClientConfiguration();
	}

}
