package dev.q.boot.redis;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import dev.q.boot.QAutoConfiguration;
import dev.q.ports.SystemClock;
import dev.q.store.JobStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.store.redis.RedisStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The wiring, where no server is needed: on a port of which nobody listens.
 */
@ExtendWith(OutputCaptureExtension.class)
class QRedisStoreAutoConfigurationTests {

	private final int port = closedPort();

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class, QRedisStoreAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.bare
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
		.withPropertyValues("q.store=redis", "spring.data.redis.port=" + this.port,
				"spring.data.redis.password=secret-word");

	@Test
	void withTheServerDownTheApplicationStartsAndSaysOnceWhichServerAndNoSecret(CapturedOutput output) {
		this.runner
			.run((context) -> assertThat(context).hasNotFailed().getBean("qJobStore").isInstanceOf(RedisStore.class));

		assertThat(output.toString().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains("localhost:" + this.port, "cannot be reached", "Connection refused");
		assertThat(output).doesNotContain("secret-word", "\tat ");
	}

	@Test
	void withTheServerDownTheStartFailsIfToldSo(CapturedOutput output) {
		this.runner.withPropertyValues("q.fail-fast=true")
			.run((context) -> assertThat(context.getStartupFailure()).hasRootCauseMessage("Connection refused")
				.hasStackTraceContaining("Redis at localhost:" + this.port + " cannot be reached")
				.hasStackTraceContaining("q.fail-fast=false"));

		assertThat(output).doesNotContain("secret-word");
	}

	@Test
	void theApplicationsFactoryStaysTheOnlyOne() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(RedisConnectionFactory.class)
			.hasBean("stringRedisTemplate"));
	}

	@Test
	void theStoreStaysInMemoryUnlessToldOtherwise() {
		this.runner.withPropertyValues("q.store=memory")
			.run((context) -> assertThat(context).getBean(JobStore.class).isInstanceOf(MemoryStore.class));
	}

	@Test
	void aStoreOfTheApplicationsOwnWins(CapturedOutput output) {
		this.runner
			.withBean("ownStore", JobStore.class,
					() -> new MemoryStore(MemorySettings.DEFAULT, new SystemClock(), new SystemClock().steady()))
			.run((context) -> assertThat(context).hasSingleBean(JobStore.class).hasBean("ownStore"));

		assertThat(output).doesNotContain("cannot be reached");
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.data.redis", "io.lettuce" })
	void withoutSpringDataRedisOrLettuceJobsInMemoryLackNothing(String missing) {
		this.bare.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(MemoryStore.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.data.redis", "io.lettuce" })
	void withoutSpringDataRedisOrLettuceTheStartFailsAndNamesTheDependency(String missing) {
		this.bare.withClassLoader(new FilteredClassLoader(missing))
			.withPropertyValues("q.store=redis")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(RedisSetupException.class)
				.hasMessageContaining("spring-boot-starter-data-redis"));
	}

	@Test
	void withoutAFactoryTheStartFailsWithTheRemedy() {
		this.bare.withPropertyValues("q.store=redis")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(RedisSetupException.class)
				.hasMessageContainingAll("no RedisConnectionFactory", "spring-boot-starter-data-redis"));
	}

	@Test
	void aFactoryThatIsNotLettucesFailsTheStartWithTheRemedy() {
		Object other = Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { RedisConnectionFactory.class },
				(proxy, method, arguments) -> method.getName().equals("hashCode") ? 1 : null);

		this.runner.withBean("other", RedisConnectionFactory.class, () -> (RedisConnectionFactory) other)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(RedisSetupException.class)
				.hasMessageContainingAll(other.getClass().getName(), "LettuceConnectionFactory", "client-type"));
	}

	@Test
	void ofSeveralFactoriesThePrimaryOneIsLike(CapturedOutput output) {
		this.runner
			.withBean("one", LettuceConnectionFactory.class, () -> new LettuceConnectionFactory("one.invalid", 1))
			.withBean("two", LettuceConnectionFactory.class, () -> new LettuceConnectionFactory("localhost", this.port),
					(bean) -> bean.setPrimary(true))
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(output).contains("Redis at localhost:" + this.port);
	}

	@Test
	void ofSeveralFactoriesOneMustBeThePrimaryOne() {
		this.runner
			.withBean("one", LettuceConnectionFactory.class, () -> new LettuceConnectionFactory("one.invalid", 1))
			.withBean("two", LettuceConnectionFactory.class, () -> new LettuceConnectionFactory("two.invalid", 1))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(RedisSetupException.class)
				.hasMessageContainingAll("one", "two", "@Primary"));
	}

	@Test
	void aListOfMasterAndReplicasIsRefused() {
		this.runner.withPropertyValues("spring.data.redis.masterreplica.nodes=localhost:1,localhost:2")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(RedisSetupException.class)
				.hasMessageContainingAll("failover", "Sentinel or Cluster"));
	}

	@Test
	void aStartThatFailsLeavesNoThreadOfItsConnections() throws InterruptedException {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		Set<Thread> left = new HashSet<>();

		this.runner.withPropertyValues("q.fail-fast=true")
			.withBean(LettuceConnectionFactory.class, () -> new LettuceConnectionFactory("localhost", this.port))
			.run((context) -> assertThat(context).hasFailed());

		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (thread.getName().startsWith("lettuce-") && !before.contains(thread)) {
				thread.join(Duration.ofSeconds(10).toMillis());
				left.add(thread);
			}
		}
		assertThat(left).noneMatch(Thread::isAlive);
	}

	private static int closedPort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
