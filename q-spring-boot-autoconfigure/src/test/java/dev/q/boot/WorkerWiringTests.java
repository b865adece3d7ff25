package dev.q.boot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.q.JobHandler;
import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobTemplate;
import dev.q.engine.EngineSettings;
import dev.q.engine.GroupSettings;
import dev.q.job.JobDetails;
import dev.q.job.JobState;
import dev.q.loop.EngineThreads;
import dev.q.loop.PlatformThreads;
import dev.q.loop.ThreadPerJob;
import dev.q.spring.JobEngineLifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class WorkerWiringTests {

	private static final boolean HAS_VIRTUAL_THREADS = Runtime.version().feature() >= 21;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class))
		.withUserConfiguration(Tracing.class);

	@Test
	void handlersRunOnPlatformThreadsUnlessBootSaysOtherwise() {
		this.runner.run((context) -> {
			context.getBean(JobTemplate.class).enqueue("trace", null);

			assertThat(context.getBean(Tracing.class).next()).startsWith("Thread[").contains("q-default-");
			assertThat(context.getBean(EngineThreads.class)).isInstanceOf(PlatformThreads.class);
			assertThat(concurrency(context)).isEqualTo(2 * Runtime.getRuntime().availableProcessors());
		});
	}

	@Test
	void handlersRunOnVirtualThreadsWhenBootSaysSoAndTheJvmHasThem() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			context.getBean(JobTemplate.class).enqueue("trace", null);

			assertThat(context.getBean(Tracing.class).next())
				.startsWith(HAS_VIRTUAL_THREADS ? "VirtualThread[" : "Thread[")
				.contains("q-default-");
			assertThat(context.getBean(EngineThreads.class))
				.isInstanceOf(HAS_VIRTUAL_THREADS ? ThreadPerJob.class : PlatformThreads.class);
			assertThat(concurrency(context))
				.isEqualTo(HAS_VIRTUAL_THREADS ? 50 : 2 * Runtime.getRuntime().availableProcessors());
		});
	}

	@Test
	void exclusiveQueuesAreKnownToTheGroupsThatWorkThem() {
		List<GroupSettings> groups = new ArrayList<>();
		this.runner
			.withPropertyValues("q.queues.default.exclusive=true", "q.queues.elsewhere.exclusive=true",
					"q.queues.mail.priority=1", "q.worker.groups.bulk.queues=mail")
			.withBean(JobEngineCustomizer.class, () -> (settings) -> {
				groups.addAll(settings.groups());
				return settings;
			})
			.run((context) -> assertThat(groups).extracting((group) -> group.name() + " " + group.exclusive())
				.containsExactly("bulk []", "default [default]"));
	}

	@Test
	void customizersChangeTheSettingsInTheirOrder() {
		this.runner.withUserConfiguration(Customizers.class)
			.withPropertyValues("q.worker.lease=10s")
			.run((context) -> assertThat(settings(context).lease()).isEqualTo(Duration.ofSeconds(21)));
	}

	@Test
	void customizersChangeTheTemplateInTheirOrder() {
		this.runner.withUserConfiguration(Customizers.class)
			.withPropertyValues("q.worker.enabled=false")
			.run((context) -> {
				JobTemplate jobs = context.getBean(JobTemplate.class);

				JobDetails job = jobs.find(jobs.enqueue("trace", null)).orElseThrow();

				assertThat(job.job().spec().tags()).containsExactly("second");
				assertThat(job.job().spec().priority()).isEqualTo(2);
			});
	}

	@Test
	void nothingIsClaimedFromTheMomentTheContextBeginsToClose() {
		this.runner.run((context) -> {
			context.publishEvent(new ContextClosedEvent(context.getSourceApplicationContext()));

			JobTemplate jobs = context.getBean(JobTemplate.class);
			JobReceipt receipt = jobs.enqueue("trace", null);
			context.getBean(JobEngineLifecycle.class).stop();
			assertThat(jobs.find(receipt).orElseThrow().state()).isEqualTo(JobState.READY);
		});
	}

	@Test
	void theEndOfAChildContextLeavesTheWorkerAlone() {
		this.runner.run((context) -> {
			try (ConfigurableApplicationContext child = new GenericApplicationContext(context)) {
				child.refresh();
			}
			context.getBean(JobTemplate.class).enqueue("trace", null);

			assertThat(context.getBean(Tracing.class).next()).isNotEmpty();
		});
	}

	private static EngineSettings settings(ApplicationContext context) {
		return context.getBean(EngineSettingsFactory.class).settings(Duration.ZERO).orElseThrow();
	}

	private static int concurrency(ApplicationContext context) {
		return settings(context).groups().get(0).concurrency();
	}

	@Configuration(proxyBeanMethods = false)
	static class Tracing {

		private final BlockingQueue<String> threads = new LinkedBlockingQueue<>();

		@JobHandler("trace")
		void trace() {
			this.threads.add(Thread.currentThread().toString());
		}

		String next() throws InterruptedException {
			return String.valueOf(this.threads.poll(20, TimeUnit.SECONDS));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(1)
		JobTemplateCustomizer first() {
			return (template) -> template.with(JobOptions.NONE.priority(1));
		}

		@Bean
		@Order(2)
		JobTemplateCustomizer second() {
			return (template) -> template.with(JobOptions.NONE.priority(2).tag("second"));
		}

		@Bean
		@Order(1)
		JobEngineCustomizer twice() {
			return (settings) -> settings.withLease(settings.lease().multipliedBy(2));
		}

		@Bean
		@Order(2)
		JobEngineCustomizer andOne() {
			return (settings) -> settings.withLease(settings.lease().plusSeconds(1));
		}

	}

}
