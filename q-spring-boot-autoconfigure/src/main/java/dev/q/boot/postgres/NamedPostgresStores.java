package dev.q.boot.postgres;

import dev.q.boot.NamedStoreProperties;
import dev.q.boot.StoreType;
import dev.q.boot.stores.NamedStoreFactory;
import dev.q.store.JobStore;

/**
 * Makes stores in PostgreSQL for {@code q.stores}.
 */
final class NamedPostgresStores implements NamedStoreFactory {

	private final PostgresStores stores;

	NamedPostgresStores(PostgresStores stores) {
		this.stores = stores;
	}

	@Override
	public StoreType type() {
		return StoreType.POSTGRES;
	}

	@Override
	public JobStore make(NamedStoreProperties properties) {
		return this.stores.make(properties.postgres());
	}

}
