package dev.q.boot.redis;

import dev.q.boot.QProperties;
import dev.q.boot.stores.ConditionalOnNamedStores;
import dev.q.boot.stores.NamedStoreFactory;
import dev.q.boot.stores.QStoresAutoConfiguration;
import io.lettuce.core.RedisClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Auto-configuration of what makes stores on Redis for {@code q.stores}.
 *
 * @since 0.1
 */
@AutoConfiguration(before = QStoresAutoConfiguration.class)
@ConditionalOnClass({ LettuceConnectionFactory.class, RedisClient.class })
@ConditionalOnNamedStores
public final class QNamedRedisStoresAutoConfiguration {

	@Bean("qRedisStoreFactory")
	NamedStoreFactory redisStoreFactory(QProperties properties, ObjectProvider<RedisConnectionFactory> factories,
			ObjectProvider<QLettuceCustomizer> customizers) {
		return new NamedRedisStores(
				new RedisStores(factories, customizers.orderedStream().toList(), properties.failFast()));
	}

}
