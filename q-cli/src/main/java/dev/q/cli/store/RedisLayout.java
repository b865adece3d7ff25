package dev.q.cli.store;

import java.util.List;

import dev.q.store.redis.RedisStore;

/**
 * Keys in Redis, which the first job makes.
 *
 * @param store which store
 * @param servers where it is
 */
record RedisLayout(ConfiguredStore store, Servers servers) implements Layout {

	@Override
	public String key() {
		return this.store.key();
	}

	@Override
	public String place() {
		return this.store.place();
	}

	@Override
	public List<String> steps() {
		return List.of();
	}

	/** A look tells whether the server and the layout are fit. */
	@Override
	public List<String> missing() {
		this.servers.redis(this.store, RedisStore::look).close();
		return List.of();
	}

	/** Notes the layout, and tries what the user of the connection may do. */
	@Override
	public List<String> migrate() {
		this.servers.redis(this.store, RedisStore::connect).close();
		return List.of();
	}

	@Override
	public String sql(List<String> steps) {
		return "";
	}

}
