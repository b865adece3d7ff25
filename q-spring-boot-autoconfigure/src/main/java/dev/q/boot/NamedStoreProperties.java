package dev.q.boot;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A store beside the one that {@code q.store} names, and the queues that it holds.
 *
 * @param store what kind of store: memory, redis or postgres. Redis and PostgreSQL are
 * reached as the application reaches them
 * @param bean name of a JobStore bean of the application's own, in place of a kind. It is
 * declared with defaultCandidate=false
 * @param queues which queues it holds; q.store holds all others
 * @param memory the details of a store in memory, as q.memory
 * @param redis the details of a store on Redis, as q.redis
 * @param postgres the details of a store in PostgreSQL, as q.postgres
 * @since 0.1
 */
public record NamedStoreProperties(@Nullable StoreType store, @Nullable String bean, @DefaultValue List<String> queues,
		@NestedConfigurationProperty @DefaultValue MemoryProperties memory, @DefaultValue QProperties.Redis redis,
		@NestedConfigurationProperty @DefaultValue PostgresProperties postgres) {

	/**
	 * Takes an empty name for none, and copies the list. The values are checked where the
	 * name of the store is known.
	 */
	public NamedStoreProperties {
		bean = (bean == null || bean.isBlank()) ? null : bean;
		queues = List.copyOf(queues);
	}

	/**
	 * Where the jobs are, as far as that is known without connecting: two stores with the
	 * same place would be one.
	 * @return a text that people understand; the name of the bean for a store of the
	 * application's own
	 */
	public String place() {
		return (this.bean != null) ? "JobStore bean " + this.bean : place(this.store, this.redis, this.postgres);
	}

	static String place(@Nullable StoreType store, QProperties.Redis redis, PostgresProperties postgres) {
		if (store == StoreType.REDIS) {
			return "Redis with namespace " + redis.namespace();
		}
		return (store == StoreType.POSTGRES) ? "PostgreSQL with schema " + postgres.schema() : "memory";
	}

	void check(String prefix) {
		new CheckedProperty(prefix).requireName(prefix.substring(prefix.lastIndexOf('.') + 1));
		if ((this.store == null) == (this.bean == null)) {
			throw new CheckedProperty(prefix).refuse((this.store != null) ? "of two kinds" : "of no kind",
					"Set either store, to memory, redis or postgres, or bean, to the name of a JobStore bean");
		}
		if (this.queues.isEmpty()) {
			throw new CheckedProperty(prefix + ".queues").refuse("empty",
					"Name the queues that this store holds, or leave the store out");
		}
		this.queues.forEach(new CheckedProperty(prefix + ".queues")::requireQueueName);
	}

}
