package dev.q.boot.metrics;

import dev.q.boot.QAutoConfiguration;
import dev.q.boot.QProperties;
import dev.q.metrics.JobMeters;
import dev.q.metrics.QueueGauges;
import dev.q.metrics.QueueSampler;
import dev.q.metrics.TagValues;
import dev.q.metrics.WorkerGauges;
import dev.q.ports.EngineClock;
import dev.q.spring.JobEngineLifecycle;
import dev.q.spring.JobHandlerBeans;
import dev.q.store.JobStore;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of what Q measures, where the application has a
 * {@link MeterRegistry}. Switched off by {@code management.metrics.enable.q=false}.
 *
 * @since 0.1
 */
@AutoConfiguration(after = QAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, JobStore.class })
@ConditionalOnBooleanProperty(name = "management.metrics.enable.q", matchIfMissing = true)
public final class QMetricsAutoConfiguration {

	/**
	 * The handlers are known when the first job is told of, not before.
	 */
	@Bean("qMeterTagValues")
	@ConditionalOnMissingBean
	TagValues tagValues(JobHandlerBeans handlers) {
		return new TagValues((type) -> handlers.get().find(type).isPresent());
	}

	/** Before the listeners of the application, which see what they hear of counted. */
	@Bean("qJobMeters")
	@Order(0)
	@ConditionalOnMissingBean
	JobMeters jobMeters(MeterRegistry registry, TagValues values) {
		return new JobMeters(registry, values);
	}

	@Bean("qQueueGauges")
	@ConditionalOnMissingBean
	QueueGauges queueGauges(MeterRegistry registry, TagValues values) {
		return new QueueGauges(registry, values);
	}

	@Bean("qQueueSampler")
	@ConditionalOnMissingBean
	QueueSampler queueSampler(JobStore store, QueueGauges gauges, EngineClock clock, QProperties properties) {
		return new QueueSampler(store.catalog(), gauges, properties.metrics().sampleInterval(), clock);
	}

	@Bean("qMetricsLifecycle")
	MetricsLifecycle metricsLifecycle(QueueSampler sampler, ObjectProvider<WorkerGauges> worker,
			MeterRegistry registry) {
		return new MetricsLifecycle(sampler, () -> worker.ifAvailable((gauges) -> gauges.bindTo(registry)));
	}

	@Bean("qWorkerGauges")
	@ConditionalOnMissingBean
	@ConditionalOnBean(JobEngineLifecycle.class)
	WorkerGauges workerGauges(JobEngineLifecycle worker) {
		return new WorkerGauges(worker::health, worker::slots);
	}

}
