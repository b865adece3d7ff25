package dev.q.boot.redis;

import dev.q.boot.NamedStoreProperties;
import dev.q.boot.StoreType;
import dev.q.boot.stores.NamedStoreFactory;
import dev.q.store.JobStore;

/**
 * Makes stores on Redis for {@code q.stores}.
 */
final class NamedRedisStores implements NamedStoreFactory {

	private final RedisStores stores;

	NamedRedisStores(RedisStores stores) {
		this.stores = stores;
	}

	@Override
	public StoreType type() {
		return StoreType.REDIS;
	}

	@Override
	public JobStore make(NamedStoreProperties properties) {
		return this.stores.make(properties.redis());
	}

}
