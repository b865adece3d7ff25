package dev.q.boot.stores;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.q.JobHandler;
import dev.q.JobOptions;
import dev.q.JobTemplate;
import dev.q.boot.InvalidQPropertyException;
import dev.q.boot.QAutoConfiguration;
import dev.q.job.QueueName;
import dev.q.store.JobStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.store.routing.RoutingJobStore;
import dev.q.testing.VirtualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class QStoresAutoConfigurationTests {

	private static final QueueName MAIL = new QueueName("mail");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class, QStoresAutoConfiguration.class));

	private final ApplicationContextRunner routed = this.runner.withPropertyValues("q.stores.fast.store=memory",
			"q.stores.fast.queues=mail,bulk", "q.stores.fast.memory.capacity=3");

	@Test
	void thereIsOneStoreUnlessOthersAreNamed() {
		this.runner.run((context) -> assertThat(context).getBean(JobStore.class).isInstanceOf(MemoryStore.class));
	}

	@Test
	void aNamedStoreHoldsItsQueuesAndTheUsualOneAllOthers() {
		this.routed.withUserConfiguration(Greeter.class).run((context) -> {
			JobTemplate jobs = context.getBean(JobTemplate.class);
			jobs.with(JobOptions.NONE.queue("mail")).enqueue("greet", "Ada");
			jobs.enqueue("greet", "Bob");

			Greeter greeter = context.getBean(Greeter.class);
			assertThat(new String[] { greeter.next(), greeter.next() }).containsExactlyInAnyOrder("Hello Ada",
					"Hello Bob");
			RoutingJobStore stores = context.getBean(RoutingJobStore.class);
			assertThat(context.getBean(JobStore.class)).isEqualTo(stores);
			assertThat(stores.storeOf(MAIL)).isNotEqualTo(stores.storeOf(QueueName.DEFAULT));
			assertThat(stores.storeOf(MAIL).catalog().queues()).singleElement()
				.satisfies((stats) -> assertThat(stats.queue()).isEqualTo(MAIL));
		});
	}

	@Test
	void theRoomOfTheUsualStoreIsNoLimitForQueuesThatItDoesNotHold() {
		this.routed
			.withPropertyValues("q.memory.capacity=5", "q.stores.fast.memory.capacity=20",
					"q.queues.mail.max-length=10")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whatIsLostWithTheMemoryIsCountedBeforeTheStoresAreClosed(CapturedOutput output) {
		this.routed.withPropertyValues("q.worker.enabled=false")
			.run((context) -> context.getBean(JobTemplate.class).enqueue("lost", null));

		assertThat(output).contains("1 jobs had not ended").contains("queues [mail, bulk]");
	}

	@Test
	void aStoreOfTheApplicationsOwnCanBeOneOfThem() {
		this.runner.withUserConfiguration(OwnNamedStore.class)
			.withPropertyValues("q.stores.own.bean=archive", "q.stores.own.queues=mail")
			.run((context) -> {
				JobStore archive = context.getBean("archive", JobStore.class);

				assertThat(context.getBean(JobStore.class).storeOf(MAIL)).isEqualTo(archive);
			});
	}

	@Test
	void aStoreOfTheApplicationsOwnReplacesAllOthersAndContradictsThem() {
		this.runner.withUserConfiguration(OwnStore.class)
			.run((context) -> assertThat(context).getBean(JobStore.class).isSameAs(context.getBean("own")));
		this.routed.withUserConfiguration(OwnStore.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidQPropertyException.class)
				.hasMessageContainingAll("q.stores", "fast", "defaultCandidate"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					q.stores.a.store=memory                                                     | q.stores.a.queues,empty
					q.stores.a.queues=x                                                         | q.stores.a,of no kind
					q.stores.a.store=memory;q.stores.a.bean=b;q.stores.a.queues=x               | q.stores.a,of two kinds
					q.stores.a.store=memory;q.stores.a.queues=x,x                               | q.stores.a.queues,x,once
					q.stores.a.store=memory;q.stores.a.queues=x;q.stores.b.store=memory;q.stores.b.queues=x | queues,Store a holds
					q.stores.a.store=memory;q.stores.a.queues=no good                           | q.stores.a.queues,no good
					q.stores.default.store=memory;q.stores.default.queues=x                     | default,another name
					q.stores.a.bean=nobody;q.stores.a.queues=x                                  | q.stores.a.bean,nobody,qJobStore
					q.stores.a.store=redis;q.stores.a.queues=x                                  | q.stores.a.store,redis,class path
					q.stores.a.store=memory;q.stores.a.queues=x;q.queues.x.max-length=10001     | q.queues.x.max-length,room for 10000
					q.stores.a.store=floppy;q.stores.a.queues=x                                 | floppy
					q.stores.a.store=redis;q.stores.a.queues=x;q.stores.b.store=redis;q.stores.b.queues=y | namespace,q.stores.a
					q.stores.a.store=postgres;q.stores.a.queues=x;q.stores.b.store=postgres;q.stores.b.queues=y | schema,q.stores.a
					""")
	void whatCannotBeFailsTheStartAndIsNamed(String properties, String words) {
		this.runner.withClassLoader(new FilteredClassLoader("io.lettuce"))
			.withPropertyValues(properties.split(";"))
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContainingAll(words.split(",")));
	}

	@Test
	void aStoreThatTheApplicationHasAlreadyIsRefused() {
		this.runner.withUserConfiguration(OwnNamedStore.class)
			.withPropertyValues("q.stores.a.bean=archive", "q.stores.a.queues=x", "q.stores.b.bean=archive",
					"q.stores.b.queues=y")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("archive", "q.stores.a"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Greeter {

		private final BlockingQueue<String> greetings = new LinkedBlockingQueue<>();

		@JobHandler("greet")
		void greet(String name) {
			this.greetings.add("Hello " + name);
		}

		@JobHandler(value = "idle", queue = "mail")
		void idle() {
			// so that the queue is worked
		}

		String next() throws InterruptedException {
			return this.greetings.poll(30, TimeUnit.SECONDS);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnStore {

		@Bean
		JobStore own() {
			return memory();
		}

		static JobStore memory() {
			VirtualClock clock = new VirtualClock(Instant.EPOCH.plus(Duration.ofDays(20_000)));
			return new MemoryStore(MemorySettings.DEFAULT, clock, clock);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnNamedStore {

		@Bean(defaultCandidate = false)
		JobStore archive() {
			return OwnStore.memory();
		}

	}

}
