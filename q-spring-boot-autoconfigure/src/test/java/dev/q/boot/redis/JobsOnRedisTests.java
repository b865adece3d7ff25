package dev.q.boot.redis;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.q.JobHandler;
import dev.q.JobReceipt;
import dev.q.JobTemplate;
import dev.q.JobsNotStoredException;
import dev.q.boot.OverNothing;
import dev.q.boot.QAutoConfiguration;
import dev.q.store.JobStore;
import dev.q.store.StoreException;
import dev.q.store.redis.RedisServerException;
import dev.q.test.server.RedisCluster;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisReplication;
import dev.q.test.server.RedisSentinel;
import dev.q.test.server.RedisServer;
import dev.q.test.server.RedisServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The wiring, on real servers.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class JobsOnRedisTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class, QRedisStoreAutoConfiguration.class,
				DataRedisAutoConfiguration.class))
		.withPropertyValues("q.store=redis");

	private final ApplicationContextRunner shared = on(RedisServers.shared());

	@Test
	void aJobThatOneApplicationEnqueuesIsRunByAnother() {
		ApplicationContextRunner both = this.shared.withPropertyValues("q.redis.namespace=boot-both");

		both.withPropertyValues("q.worker.enabled=false")
			.run((producer) -> both.withUserConfiguration(Greeter.class).run((worker) -> {
				producer.getBean(JobTemplate.class).enqueue("greet", "Ada");

				assertThat(worker.getBean(Greeter.class).next()).isEqualTo("Hello Ada");
			}));
	}

	@Test
	void aServerThatTakesNoWritesForNowIsWaitedForAndSaysSo(CapturedOutput output) {
		try (RedisProcess server = RedisServers.start("min-replicas-to-write 1")) {
			on(server.server()).run((context) -> assertThat(context).hasNotFailed());
		}

		assertThat(output.toString().lines().filter((line) -> line.contains("WARN  FirstContact"))).singleElement()
			.asString()
			.contains("cannot be used for now: Redis takes no writes for now", "NOREPLICAS", "It goes on by itself")
			.doesNotContain("cannot be reached");
	}

	@Test
	void aServerThatTakesNoWritesForNowFailsTheStartIfToldSo() {
		try (RedisProcess server = RedisServers.start("min-replicas-to-write 1")) {
			on(server.server()).withPropertyValues("q.fail-fast=true")
				.run((context) -> assertThat(context.getStartupFailure())
					.hasStackTraceContaining("cannot be used for now: Redis takes no writes for now")
					.hasStackTraceContaining("q.fail-fast=false"));
		}
	}

	@Test
	void namespacesDoNotSeeEachOther() {
		this.shared.withPropertyValues("q.redis.namespace=boot-one").run((one) -> {
			one.getBean(JobTemplate.class).enqueue("greet", "Ada");

			assertThat(one.getBean(JobStore.class).catalog().queues()).isNotEmpty();
			this.shared.withPropertyValues("q.redis.namespace=boot-two")
				.run((two) -> assertThat(two.getBean(JobStore.class).catalog().queues()).isEmpty());
		});
	}

	@Test
	void theStoreIsClosedWithTheApplicationAfterTheWorkerHasHandedItsJobsBack() {
		ApplicationContextRunner application = this.shared.withPropertyValues("q.redis.namespace=boot-close",
				"q.worker.shutdown-timeout=0s");
		JobStore[] store = new JobStore[1];

		application.withUserConfiguration(Sleeper.class).run((context) -> {
			context.getBean(JobTemplate.class).enqueue("sleep", null);
			assertThat(context.getBean(Sleeper.class).begun.poll(30, TimeUnit.SECONDS)).isNotNull();
			store[0] = context.getBean(JobStore.class);
		});

		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store[0].catalog().queues());
		// Long before the lease of the first attempt ends.
		application.withUserConfiguration(Sleeper.class)
			.run((context) -> assertThat(context.getBean(Sleeper.class).begun.poll(10, TimeUnit.SECONDS)).isNotNull());
	}

	@Test
	void aServerThatComesLaterIsFound(CapturedOutput output) {
		try (RedisProcess server = RedisServers.start("appendonly yes")) {
			server.kill();
			on(server.server()).withUserConfiguration(Greeter.class).run((context) -> {
				JobTemplate jobs = context.getBean(JobTemplate.class);
				assertThatExceptionOfType(StoreException.class).isThrownBy(() -> jobs.enqueue("greet", "nobody"));

				server.restart();
				jobs.enqueue("greet", "Ada");

				assertThat(context.getBean(Greeter.class).next()).isEqualTo("Hello Ada");
			});
		}
		assertThat(output).contains("The application starts without it");
	}

	@Test
	void aJobLeavesAfterTheCommitOfItsTransaction() {
		this.shared.withPropertyValues("q.redis.namespace=boot-commit").run((context) -> {
			JobTemplate jobs = context.getBean(JobTemplate.class);
			TransactionTemplate transaction = new TransactionTemplate(new OverNothing());

			JobReceipt stored = transaction.execute((status) -> {
				JobReceipt receipt = jobs.enqueue("greet", "Ada");
				assertThat(receipt.status()).isEqualTo(JobReceipt.Status.DEFERRED);
				assertThat(jobs.find(receipt)).isEmpty();
				return receipt;
			});
			JobReceipt undone = transaction.execute((status) -> {
				status.setRollbackOnly();
				return jobs.enqueue("greet", "Ada");
			});

			assertThat(jobs.find(stored)).isPresent();
			assertThat(jobs.find(undone)).isEmpty();
		});
	}

	@Test
	void jobsThatCannotLeaveAfterTheCommitAreGivenBack() {
		try (RedisProcess server = RedisServers.start()) {
			on(server.server()).run((context) -> {
				JobTemplate jobs = context.getBean(JobTemplate.class);
				TransactionTemplate transaction = new TransactionTemplate(new OverNothing());

				assertThatExceptionOfType(JobsNotStoredException.class)
					.isThrownBy(() -> transaction.execute((status) -> {
						server.kill();
						return jobs.enqueue("greet", "Ada");
					}))
					.withCauseInstanceOf(StoreException.class)
					.satisfies((failure) -> assertThat(failure.requests()).hasSize(1));
			});
		}
	}

	@Test
	void aLoginIsTakenOver() {
		try (RedisProcess server = RedisServers.start("requirepass secret-word")) {
			assertAJobRuns(on(server.server()).withPropertyValues("spring.data.redis.password=secret-word"));
		}
	}

	@Test
	void aClusterIsTakenOver() {
		String nodes = RedisCluster.shared()
			.nodes()
			.stream()
			.map((node) -> node.server().host() + ":" + node.port())
			.collect(Collectors.joining(","));

		assertAJobRuns(this.runner.withPropertyValues("spring.data.redis.cluster.nodes=" + nodes,
				"q.redis.namespace=boot-cluster"));
	}

	@Test
	void sentinelsAreTakenOver() {
		try (RedisReplication pair = RedisReplication.start(); RedisSentinel sentinel = RedisSentinel.over(pair)) {
			RedisServer server = sentinel.process().server();

			assertAJobRuns(
					this.runner.withPropertyValues("spring.data.redis.sentinel.master=" + RedisSentinel.MASTER_NAME,
							"spring.data.redis.sentinel.nodes=%s:%d".formatted(server.host(), server.port())));
		}
	}

	@Test
	void aServerThatMayEvictJobsFailsTheStartUnlessThatIsAllowed() {
		try (RedisProcess server = RedisServers.start("maxmemory 100mb", "maxmemory-policy allkeys-lru")) {
			on(server.server()).run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(RedisServerException.class)
				.hasMessageContainingAll("allkeys-lru", "noeviction"));
			assertAJobRuns(on(server.server()).withPropertyValues("q.redis.allow-eviction=true"));
		}
	}

	private ApplicationContextRunner on(RedisServer server) {
		return this.runner.withPropertyValues("spring.data.redis.host=" + server.host(),
				"spring.data.redis.port=" + server.port());
	}

	private static void assertAJobRuns(ApplicationContextRunner application) {
		application.withUserConfiguration(Greeter.class).run((context) -> {
			context.getBean(JobTemplate.class).enqueue("greet", "Ada");

			assertThat(context.getBean(Greeter.class).next()).isEqualTo("Hello Ada");
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Greeter {

		private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

		@JobHandler("greet")
		void greet(String name) {
			this.said.add("Hello " + name);
		}

		String next() throws InterruptedException {
			return this.said.poll(30, TimeUnit.SECONDS);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Sleeper {

		private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();

		@JobHandler("sleep")
		void sleep() throws InterruptedException {
			this.begun.add("begun");
			new LinkedBlockingQueue<String>().poll(1, TimeUnit.MINUTES);
		}

	}

}
