package dev.q.boot.observation;

import dev.q.boot.JobTemplateCustomizer;
import dev.q.boot.QAutoConfiguration;
import dev.q.observation.EnqueueConvention;
import dev.q.observation.ObservationInterceptor;
import dev.q.observation.ObservedJobTemplate;
import dev.q.observation.ProcessConvention;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of observations: of calls that enqueue and of calls of handlers.
 * There if the application has a tracer, or asks for it by
 * {@code management.observations.enable.q=true}; {@code false} switches them off.
 *
 * @since 0.1
 */
@AutoConfiguration(after = QAutoConfiguration.class, afterName = {
		"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
		"org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration",
		"org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
		"org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration" })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "management.observations.enable.q", matchIfMissing = true)
@Conditional(OnObservationCondition.class)
public final class QObservationAutoConfiguration {

	/** Outside of all others, so that what they do belongs to it too. */
	@Bean("qObservedJobTemplateCustomizer")
	@Order(Ordered.LOWEST_PRECEDENCE)
	JobTemplateCustomizer observedJobTemplateCustomizer(ObservationRegistry registry,
			ObjectProvider<EnqueueConvention> convention) {
		return (jobs) -> new ObservedJobTemplate(jobs, registry, convention.getIfAvailable());
	}

	@Bean("qObservationInterceptor")
	@ConditionalOnMissingBean
	@Order(Ordered.HIGHEST_PRECEDENCE + 1000)
	ObservationInterceptor observationInterceptor(ObservationRegistry registry,
			ObjectProvider<ProcessConvention> convention) {
		return new ObservationInterceptor(registry, convention.getIfAvailable());
	}

}
