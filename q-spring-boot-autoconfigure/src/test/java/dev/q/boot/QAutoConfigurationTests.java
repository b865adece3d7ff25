package dev.q.boot;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.q.JobContext;
import dev.q.JobHandler;
import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRetryPolicy;
import dev.q.JobTemplate;
import dev.q.codec.PayloadCodec;
import dev.q.event.JobEvent;
import dev.q.event.JobListener;
import dev.q.job.JobDetails;
import dev.q.job.JobState;
import dev.q.job.Payload;
import dev.q.ports.SystemClock;
import dev.q.spring.JobEngineLifecycle;
import dev.q.store.JobStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class QAutoConfigurationTests {

	private static final Duration TO_END = Duration.ofSeconds(10);

	/** A thread of an application that has ended may still be on its way out. */
	private final Set<Thread> before = Thread.getAllStackTraces().keySet();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class));

	@Test
	void anEnqueuedJobRunsWithNothingConfigured() {
		this.runner.withUserConfiguration(Greeter.class).run((context) -> {
			context.getBean(JobTemplate.class).enqueue(new Greeting("Ada"));

			assertThat(context.getBean(Greeter.class).next()).isEqualTo("Hello Ada");
		});
	}

	@Test
	void theStoreIsInMemoryUnlessToldOtherwise() {
		this.runner.run((
				context) -> assertThat(context).getBean(JobStore.class).extracting(JobStore::name).isEqualTo("memory"));
	}

	@Test
	void aStoreThatDoesNotExistFailsTheStartAndNamesThoseThatDo() {
		this.runner.withPropertyValues("q.store=floppy")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("q.store", "floppy", "memory"));
	}

	@Test
	void aStoreOfTheApplicationsOwnWins() {
		this.runner.withUserConfiguration(OwnStore.class)
			.run((context) -> assertThat(context).hasSingleBean(JobStore.class).hasBean("ownStore"));
	}

	@Test
	void withoutAWorkerThereIsNoEngineAndNoThreadButJobsAreEnqueued() {
		this.runner.withUserConfiguration(Greeter.class).withPropertyValues("q.worker.enabled=false").run((context) -> {
			JobReceipt receipt = context.getBean(JobTemplate.class).enqueue(new Greeting("Ada"));

			assertThat(context).doesNotHaveBean(JobEngineLifecycle.class);
			assertThat(threadsOfQ()).isEmpty();
			assertThat(context.getBean(JobTemplate.class).find(receipt).orElseThrow().state())
				.isEqualTo(JobState.READY);
		});
	}

	@Test
	void withoutHandlersAndQueuesNoEngineRuns() {
		this.runner.run((context) -> {
			assertThat(context.getBean(JobEngineLifecycle.class).isRunning()).isFalse();
			assertThat(threadsOfQ()).isEmpty();
		});
	}

	@Test
	void whenTheContextClosesNoThreadOfTheEngineIsLeft() throws InterruptedException {
		this.runner.withUserConfiguration(Greeter.class)
			.run((context) -> assertThat(context.getBean(JobEngineLifecycle.class).isRunning()).isTrue());

		// A loop has ended a moment before its thread has.
		for (Thread thread : threadsOfQ()) {
			thread.join(TO_END.toMillis());
		}
		assertThat(threadsOfQ()).extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("q-fetcher") || name.startsWith("q-completer")
					|| name.startsWith("q-leases") || name.startsWith("q-upkeep"));
	}

	@Test
	void aRetryPolicyBeanIsKnownByItsName() {
		this.runner.withUserConfiguration(OwnPolicy.class).run((context) -> {
			context.getBean(JobTemplate.class).enqueue("flaky", null);

			assertThat(context.getBean(OwnPolicy.class).attempts.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
			assertThat(context.getBean(OwnPolicy.class).attempts.poll(10, TimeUnit.SECONDS)).isEqualTo(2);
		});
	}

	@Test
	void theApplicationsMapperWritesPayloads() {
		this.runner.withUserConfiguration(OwnMapper.class)
			.run((context) -> assertThat(context.getBean(PayloadCodec.class).encode(new Greeting("Ada")).toByteArray())
				.asString()
				.isEqualTo("{\"Name\":\"Ada\"}"));
	}

	@Test
	void withoutJacksonTheApplicationBringsItsOwnCodec() {
		this.runner.withClassLoader(new FilteredClassLoader(JsonMapper.class))
			.withBean(PayloadCodec.class, NoCodec::new)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(PayloadCodec.class));
	}

	@Test
	void propertiesReachTheirPlaces() {
		this.runner.withUserConfiguration(Greeter.class)
			.withPropertyValues("q.worker.enabled=false", "q.queues.mail.priority=1", "q.queues.mail.max-attempts=3",
					"q.queues.mail.retry=fixed(1s)", "q.queues.mail.lease=5s", "q.retry.max-crashes=7",
					"q.queues.mail.max-length=1")
			.run(specOf((spec) -> {
				assertThat(spec.job().spec().priority()).isEqualTo(1);
				assertThat(spec.job().spec().limits().maxAttempts()).isEqualTo(3);
				assertThat(spec.job().spec().limits().maxCrashes()).isEqualTo(7);
				assertThat(spec.job().spec().limits().lease()).isEqualTo(Duration.ofSeconds(5));
				assertThat(spec.job().spec().retry()).isEqualTo("fixed(1s)");
			}));
	}

	@Test
	void aListenerMayInjectTheTemplateAndHearsOfJobs() {
		this.runner.withUserConfiguration(Greeter.class, Chain.class).run((context) -> {
			context.getBean(JobTemplate.class).enqueue(new Greeting("Ada"));

			assertThat(context.getBean(Greeter.class).next()).isEqualTo("Hello Ada");
			assertThat(context.getBean(Greeter.class).next()).isEqualTo("Hello again");
		});
	}

	private static ContextConsumer<AssertableApplicationContext> specOf(Consumer<JobDetails> check) {
		return (context) -> {
			JobTemplate jobs = context.getBean(JobTemplate.class);
			JobReceipt receipt = jobs.with(JobOptions.NONE.queue("mail")).enqueue(new Greeting("Ada"));
			check.accept(jobs.find(receipt).orElseThrow());
		};
	}

	/** Those that have come since the test began. */
	private List<Thread> threadsOfQ() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !this.before.contains(thread) && thread.getName().startsWith("q-"))
			.toList();
	}

	record Greeting(String name) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Greeter {

		private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

		@JobHandler("greet")
		void greet(Greeting greeting) {
			this.said.add("Hello " + greeting.name());
		}

		String next() throws InterruptedException {
			return this.said.poll(10, TimeUnit.SECONDS);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPolicy {

		private final BlockingQueue<Integer> attempts = new LinkedBlockingQueue<>();

		@Bean
		JobRetryPolicy atOnce() {
			return (failures, failure) -> Duration.ZERO;
		}

		@JobHandler(value = "flaky", retry = "atOnce", maxAttempts = 2)
		void flaky(JobContext context) {
			this.attempts.add(context.attempt());
			throw new IllegalStateException("drill");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnStore {

		@Bean
		MemoryStore ownStore() {
			return new MemoryStore(MemorySettings.DEFAULT, new SystemClock(), new SystemClock().steady());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMapper {

		@Bean
		JsonMapper jsonMapper() {
			return JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Chain {

		@Bean
		JobListener enqueueAnother(JobTemplate jobs) {
			return (event) -> {
				if (event instanceof JobEvent.Succeeded succeeded && succeeded.job().spec().headers().isEmpty()) {
					jobs.with(JobOptions.NONE.header("chained", "yes")).enqueue(new Greeting("again"));
				}
			};
		}

	}

	static final class NoCodec implements PayloadCodec {

		@Override
		public Payload encode(Object value) {
			return Payload.EMPTY;
		}

		@Override
		public Object decode(Payload payload, Type type) {
			return null;
		}

	}

}
