package dev.q.boot.health;

import dev.q.boot.QAutoConfiguration;
import dev.q.boot.QProperties;
import dev.q.ports.EngineClock;
import dev.q.spring.JobEngineLifecycle;
import dev.q.store.JobStore;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of the worker, as contributor {@code q}. Switched off
 * by {@code management.health.q.enabled=false}.
 *
 * @since 0.1
 */
@AutoConfiguration(after = QAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("q")
@ConditionalOnBean(JobEngineLifecycle.class)
public final class QHealthContributorAutoConfiguration {

	@Bean("qHealthIndicator")
	@ConditionalOnMissingBean(name = { "qHealthIndicator", "qHealthContributor" })
	QHealthIndicator healthIndicator(JobEngineLifecycle engine, JobStore store, QProperties properties,
			EngineClock clock) {
		return new QHealthIndicator(engine::health, new AgeCheck(store, properties.health(), clock)::addTo);
	}

}
