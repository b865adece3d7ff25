package dev.q.boot.stores;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.q.boot.InvalidQPropertyException;
import dev.q.boot.NamedStoreProperties;
import dev.q.boot.QProperties;
import dev.q.boot.StoreType;
import dev.q.job.QueueName;
import dev.q.store.JobStore;
import dev.q.store.routing.RoutingJobStore;
import dev.q.store.routing.StoreRoute;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Makes the stores that the properties name.
 */
final class NamedStores {

	private static final String PREFIX = "q.stores.";

	private final QProperties properties;

	private final ListableBeanFactory beans;

	private final Map<StoreType, NamedStoreFactory> factories = new HashMap<>();

	NamedStores(QProperties properties, ListableBeanFactory beans, ObjectProvider<NamedStoreFactory> factories) {
		this.properties = properties;
		this.beans = beans;
		factories.forEach((factory) -> this.factories.put(factory.type(), factory));
	}

	/**
	 * Makes all, or none.
	 * @throws InvalidQPropertyException if two of them contradict each other, or if one
	 * cannot be made
	 */
	List<StoreRoute> routes() {
		Map<String, NamedStoreProperties> named = new TreeMap<>(this.properties.stores());
		requireDistinctQueues(named);
		requireDistinctPlaces(named);
		List<StoreRoute> routes = new ArrayList<>();
		try {
			named.forEach((name, details) -> routes.add(new StoreRoute(name, store(name, details), queues(details))));
		}
		catch (RuntimeException ex) {
			routes.forEach((route) -> route.store().close());
			throw ex;
		}
		return routes;
	}

	private static void requireDistinctQueues(Map<String, NamedStoreProperties> named) {
		Map<QueueName, String> holders = new HashMap<>();
		named.forEach((name, details) -> queues(details).forEach((queue) -> {
			String holder = holders.put(queue, name);
			if (holder != null) {
				throw new InvalidQPropertyException(PREFIX + name + ".queues", queue, holder.equals(name)
						? "Name it once" : "Store %s holds that queue. Name it in one place only".formatted(holder));
			}
		}));
	}

	private void requireDistinctPlaces(Map<String, NamedStoreProperties> named) {
		Map<String, String> names = new HashMap<>();
		names.put(this.properties.place(), "q.store");
		named.forEach((name, details) -> {
			String before = isShared(details) ? names.put(details.place(), PREFIX + name) : null;
			if (before != null) {
				throw new InvalidQPropertyException(PREFIX + name, details.place(),
						"The jobs of %s are there already. Give one of them another redis.namespace or postgres.schema, or let one of them hold the queues of both"
							.formatted(before));
			}
		});
	}

	/** Each store in memory is one of its own. */
	private static boolean isShared(NamedStoreProperties details) {
		return details.store() != StoreType.MEMORY;
	}

	private JobStore store(String name, NamedStoreProperties details) {
		if (name.equals(RoutingJobStore.DEFAULT)) {
			throw new InvalidQPropertyException("q.stores", name, "That is the store of q.store. Choose another name");
		}
		if (details.bean() != null) {
			return bean(name, details.bean());
		}
		NamedStoreFactory factory = this.factories.get(details.store());
		if (factory == null) {
			throw new InvalidQPropertyException(PREFIX + name + ".store",
					String.valueOf(details.store()).toLowerCase(Locale.ROOT),
					"What that store needs is not on the class path, or its auto-configuration is excluded. Add spring-boot-starter-data-redis for Redis, or spring-boot-starter-jdbc and the driver for PostgreSQL; or set another store");
		}
		return factory.make(details);
	}

	private JobStore bean(String name, String bean) {
		if (!this.beans.containsBean(bean) || !this.beans.isTypeMatch(bean, JobStore.class)) {
			throw new InvalidQPropertyException(PREFIX + name + ".bean", bean,
					"There is no JobStore bean of that name. The JobStore beans are: "
							+ List.of(this.beans.getBeanNamesForType(JobStore.class, true, false)));
		}
		return this.beans.getBean(bean, JobStore.class);
	}

	private static List<QueueName> queues(NamedStoreProperties details) {
		return details.queues().stream().map(QueueName::new).toList();
	}

}
