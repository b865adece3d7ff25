package dev.q.boot.redis;

import dev.q.boot.ConditionalOnStore;
import dev.q.boot.QAutoConfiguration;
import dev.q.boot.QProperties;
import dev.q.boot.StoreType;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of the store on Redis, for {@code q.store=redis}. It steps back for
 * a store of the application's own.
 *
 * @since 0.1
 */
@AutoConfiguration(before = QAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnStore(StoreType.REDIS)
@EnableConfigurationProperties(QProperties.class)
@Import({ RedisStoreConfiguration.class, NoRedisConfiguration.class })
public final class QRedisStoreAutoConfiguration {

}
