package dev.q.boot.redis;

import java.util.List;

import dev.q.boot.QProperties;
import dev.q.store.redis.RedisSettings;
import dev.q.store.redis.RedisStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Makes stores on the Redis of the application.
 *
 * @param factories how the application connects
 * @param customizers change how Q connects
 * @param failFast whether the server must be there
 */
record RedisStores(ObjectProvider<RedisConnectionFactory> factories, List<QLettuceCustomizer> customizers,
		boolean failFast) {

	RedisStore make(QProperties.Redis redis) {
		ApplicationConnections application = ApplicationConnections.of(this.factories);
		OwnConnections own = new OwnConnections(new OwnClientOptions(redis.requestQueueSize()), redis.timeout(),
				this.customizers);
		RedisSettings settings = new RedisSettings(redis.namespace(), redis.timeout(), redis.allowEviction());
		RedisStore store = new RedisStore(settings, own.like(application));
		new FirstContact(new ServerAddress(application.servers()), this.failFast).make(store);
		return store;
	}

}
