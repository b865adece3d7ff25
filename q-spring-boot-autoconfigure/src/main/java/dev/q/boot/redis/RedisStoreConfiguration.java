package dev.q.boot.redis;

import dev.q.boot.QProperties;
import dev.q.store.JobStore;
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
		return new RedisStores(factories, customizers.orderedStream().toList(), properties.failFast())
			.make(properties.redis());
	}

}
