package dev.q.boot.stores;

import dev.q.boot.InvalidQPropertyException;
import dev.q.boot.QAutoConfiguration;
import dev.q.boot.QProperties;
import dev.q.ports.EngineClock;
import dev.q.store.JobStore;
import dev.q.store.routing.RoutingJobStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Auto-configuration of several stores behind one, for {@code q.stores}.
 *
 * @since 0.1
 */
@AutoConfiguration(after = QAutoConfiguration.class)
@ConditionalOnNamedStores
public final class QStoresAutoConfiguration {

	private static final String STORES = "qStores";

	private static final String DEFAULT_STORE = "qJobStore";

	private static final String MEMORY_LOSS = "qMemoryLoss";

	@Bean("qMemoryStoreFactory")
	NamedStoreFactory memoryStoreFactory(QProperties properties, EngineClock clock) {
		return new MemoryStoreFactory(properties.queues(), clock);
	}

	/**
	 * Closes those that it was made of too, so what counts their jobs at the end goes
	 * first.
	 */
	@Bean(STORES)
	@Primary
	RoutingJobStore routingStore(QProperties properties, ConfigurableListableBeanFactory beans,
			ObjectProvider<NamedStoreFactory> factories, EngineClock clock) {
		if (!beans.containsBean(DEFAULT_STORE)) {
			throw new InvalidQPropertyException("q.stores", String.join(", ", properties.stores().keySet()),
					"The application has a JobStore bean of its own, which replaces all stores. Declare it with @Bean(defaultCandidate = false) and name it in q.stores.<name>.bean, or leave q.stores out");
		}
		beans.registerDependentBean(STORES, MEMORY_LOSS);
		JobStore other = beans.getBean(DEFAULT_STORE, JobStore.class);
		return new RoutingJobStore(other, new NamedStores(properties, beans, factories).routes(), clock);
	}

}
