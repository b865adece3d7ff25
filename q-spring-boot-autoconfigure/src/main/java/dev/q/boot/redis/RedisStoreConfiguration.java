package dev.q.boot.redis;

import dev.q.boot.QProperties;
import dev.q.store.JobStore;
import dev.q.store.redis.RedisSettings;
import dev.q.store.redis.RedisStore;
import io.lettuce.core.RedisClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ LettuceConnectionFactory.class, RedisClient.class })
@ConditionalOnMissingBean(JobStore.class)
class RedisStoreConfiguration {

	/**
	 * The store's connections are no bean: the application's own would step back for it.
	 */
	@Bean("qJobStore")
	RedisStore jobStore(QProperties properties, ObjectProvider<RedisConnectionFactory> factories,
			ObjectProvider<QLettuceCustomizer> customizers) {
		QProperties.Redis redis = properties.redis();
		ApplicationConnections application = ApplicationConnections.of(factories);
		OwnConnections own = new OwnConnections(new OwnClientOptions(redis.requestQueueSize()), redis.timeout(),
				customizers.orderedStream().toList());
		RedisSettings settings = new RedisSettings(redis.namespace(), redis.timeout(), redis.allowEviction());
		RedisStore store = new RedisStore(settings, own.like(application));
		new FirstContact(new ServerAddress(application.servers()), properties.failFast()).make(store);
		return store;
	}

}
