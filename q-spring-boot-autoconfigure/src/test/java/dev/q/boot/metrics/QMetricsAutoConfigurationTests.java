package dev.q.boot.metrics;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.q.JobHandler;
import dev.q.JobReceipt;
import dev.q.JobTemplate;
import dev.q.admin.JobAdmin;
import dev.q.boot.QAutoConfiguration;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.event.JobListener;
import dev.q.metrics.JobMeters;
import dev.q.metrics.QueueSampler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

class QMetricsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("q.memory.warn-of-loss=false", "q.worker.concurrency=3")
		.withUserConfiguration(Worker.class)
		.withConfiguration(
				AutoConfigurations.of(MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
						SimpleMetricsExportAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class,
						QAutoConfiguration.class, QMetricsAutoConfiguration.class));

	@Test
	void aJobIsSeenByPrometheusFromItsEnqueueToItsEnd() {
		this.runner.run((context) -> {
			runOneJob(context);

			assertThat(scrape(context)).contains("q_jobs_enqueued_total{handler=\"greet\",queue=\"default\"} 1.0")
				.contains("q_job_wait_seconds_count{handler=\"greet\",queue=\"default\"} 1")
				.contains("q_job_execution_seconds_count{handler=\"greet\",outcome=\"succeeded\",queue=\"default\"} 1")
				.contains("q_job_e2e_seconds_count{handler=\"greet\",outcome=\"succeeded\",queue=\"default\"} 1")
				.contains("q_worker_slots{group=\"default\"} 3.0")
				.contains("q_worker_abandoned_threads 0.0");
		});
	}

	@Test
	void theQueuesAreSampledInTheBackground() {
		this.runner.run((context) -> {
			MetricsLifecycle background = context.getBean(MetricsLifecycle.class);
			assertThat(background.isRunning()).isTrue();
			runOneJob(context);
			background.stop();
			context.getBean(QueueSampler.class).loop().step();

			assertThat(scrape(context)).contains("q_queue_jobs{queue=\"default\",state=\"succeeded\"} 1.0")
				.contains("q_queue_jobs{queue=\"default\",state=\"ready\"} 0.0")
				.contains("q_queue_oldest_seconds{queue=\"default\"} 0.0");
		});
	}

	@Test
	void theSamplerEndsWithTheContextAndStartsAgain() {
		this.runner.run((context) -> {
			MetricsLifecycle lifecycle = context.getBean(MetricsLifecycle.class);
			lifecycle.stop();
			assertThat(lifecycle.isRunning()).isFalse();
			lifecycle.start();
			assertThat(lifecycle.isRunning()).isTrue();
		});
	}

	@Test
	void bootsOwnSwitchLeavesNothingThatCosts() {
		this.runner.withPropertyValues("management.metrics.enable.q=false")
			.run((context) -> assertThat(context).doesNotHaveBean(JobMeters.class)
				.doesNotHaveBean(MetricsLifecycle.class));
	}

	@Test
	void withoutARegistryNothingIsMeasured() {
		new ApplicationContextRunner().withPropertyValues("q.memory.warn-of-loss=false")
			.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class, QMetricsAutoConfiguration.class))
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(JobMeters.class);
				assertThat(context.getBean(JobEvents.class).isSilent()).isTrue();
			});
	}

	@Test
	void withoutMicrometerOnTheClassPathNothingIsMissing() {
		new ApplicationContextRunner().withPropertyValues("q.memory.warn-of-loss=false")
			.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class, QMetricsAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("qJobMeters"));
	}

	@Test
	void whatTheAdministratorCancelsIsCounted() {
		this.runner.withPropertyValues("q.worker.enabled=false").run((context) -> {
			JobReceipt receipt = context.getBean(JobTemplate.class).enqueue("greet", null);
			context.getBean(JobAdmin.class).cancel(Set.of(receipt.id()), "drill");

			assertThat(scrape(context)).contains("q_jobs_cancelled_total{handler=\"greet\",queue=\"default\"} 1.0");
		});
	}

	@Test
	void aClientWithoutWorkerCountsWhatItEnqueues() {
		this.runner.withPropertyValues("q.worker.enabled=false").run((context) -> {
			context.getBean(JobTemplate.class).enqueue("elsewhere", null);

			assertThat(scrape(context)).contains("q_jobs_enqueued_total{handler=\"unknown\",queue=\"default\"} 1.0")
				.doesNotContain("q_worker_slots");
		});
	}

	@Test
	void anIntervalOutOfRangeFailsTheStart() {
		this.runner.withPropertyValues("q.metrics.sample-interval=1ms")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("q.metrics.sample-interval"));
	}

	private static void runOneJob(ApplicationContext context) throws InterruptedException {
		context.getBean(JobTemplate.class).enqueue("greet", null);
		assertThat(context.getBean(Worker.class).succeeded.await(30, TimeUnit.SECONDS)).isTrue();
	}

	private static String scrape(ApplicationContext context) {
		assertThat(context.getBean(MeterRegistry.class)).isNotNull();
		return context.getBean(PrometheusMeterRegistry.class).scrape();
	}

	@Configuration(proxyBeanMethods = false)
	static class Worker {

		private final CountDownLatch succeeded = new CountDownLatch(1);

		@JobHandler("greet")
		void greet() {
			assertThat(this.succeeded).isNotNull();
		}

		/** Told last, so that the meters have heard of it when the test goes on. */
		@Bean
		JobListener ends() {
			return new Ends(this.succeeded);
		}

	}

	@Order
	record Ends(CountDownLatch succeeded) implements JobListener {

		@Override
		public void onEvent(JobEvent event) {
			if (event instanceof JobEvent.Succeeded) {
				this.succeeded.countDown();
			}
		}

	}

}
