package dev.q.cli.store;

import java.util.List;

import dev.q.boot.NamedStoreProperties;
import dev.q.boot.PostgresProperties;
import dev.q.boot.QProperties;
import dev.q.boot.StoreType;
import org.jspecify.annotations.Nullable;

/**
 * A store that the configuration names.
 *
 * @param key where it is named: {@code q.store}, or {@code q.stores.} and a name
 * @param kind which kind, or null for a bean of the application
 * @param place where the jobs are, for people; two stores with the same one would be one
 * @param redis its details on Redis
 * @param postgres its details in PostgreSQL
 * @param queues which queues it holds; empty for all that no other one holds
 */
record ConfiguredStore(String key, @Nullable StoreType kind, String place, QProperties.Redis redis,
		PostgresProperties postgres, List<String> queues) {

	static final String FIRST = "q.store";

	private static final String NAMED = "q.stores.";

	static ConfiguredStore first(QProperties properties) {
		return new ConfiguredStore(FIRST, properties.store(), properties.place(), properties.redis(),
				properties.postgres(), List.of());
	}

	static ConfiguredStore named(String name, NamedStoreProperties details) {
		return new ConfiguredStore(NAMED + name, details.store(), details.place(), details.redis(), details.postgres(),
				details.queues());
	}

	/** Only its application can see it. */
	boolean isWithinItsApplication() {
		return this.kind == null || this.kind == StoreType.MEMORY;
	}

	/** What routes call it. */
	String name() {
		return this.key.substring(NAMED.length());
	}

}
