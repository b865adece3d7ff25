package dev.q.boot.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.q.JobHandler;
import dev.q.JobOptions;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.boot.QAutoConfiguration;
import dev.q.engine.EngineHealth;
import dev.q.job.QueueName;
import dev.q.ports.EngineClock;
import dev.q.spring.JobEngineLifecycle;
import dev.q.store.JobStore;
import dev.q.store.PauseMode;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.testing.VirtualClock;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class QHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class, QHealthContributorAutoConfiguration.class));

	@Test
	void aWorkerThatRunsIsUpAndOneThatWasStoppedIsOutOfService() {
		this.runner.withUserConfiguration(Worker.class).run((context) -> {
			QHealthIndicator indicator = context.getBean(QHealthIndicator.class);
			Health running = indicator.health();
			context.getBean(JobEngineLifecycle.class).stop();

			assertThat(running.getStatus()).isEqualTo(Status.UP);
			assertThat(running.getDetails()).containsEntry("worker", "running").containsEntry("abandonedThreads", 0);
			assertThat(indicator.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		});
	}

	@Test
	void aWorkerThatDrainsIsOutOfService() {
		EngineHealth health = new EngineHealth(true, List.of(), 1, null, 0, Duration.ZERO, true);

		Health shown = new QHealthIndicator(() -> Optional.of(health)).health();

		assertThat(shown.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(shown.getDetails()).containsEntry("worker", "draining");
		assertThat(health.isReady()).isFalse();
	}

	@Test
	void anApplicationWithNothingToWorkIsUp() {
		this.runner.run((context) -> assertThat(context.getBean(QHealthIndicator.class).health().getStatus())
			.isEqualTo(Status.UP));
	}

	@Test
	void aProblemTurnsHealthDownAndIsInTheDetails() {
		EngineHealth.Problem problem = new EngineHealth.Problem(EngineHealth.Kind.LOOP_STUCK, "leases is stuck");
		EngineHealth health = new EngineHealth(true, List.of(problem), 1, Duration.ofHours(1), 2, Duration.ofSeconds(3),
				false);

		Health shown = new QHealthIndicator(() -> Optional.of(health)).health();

		assertThat(shown.getStatus()).isEqualTo(Status.DOWN);
		assertThat(shown.getDetails()).containsEntry("LOOP_STUCK", "leases is stuck")
			.containsEntry("oldestRunning", Duration.ofHours(1))
			.containsEntry("abandonedThreads", 2)
			.containsEntry("maintenanceLag", Duration.ofSeconds(3));
	}

	@Test
	void aClientWithoutWorkerHasNoHealth() {
		this.runner.withPropertyValues("q.worker.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(QHealthIndicator.class));
	}

	@Test
	void theContributorCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.q.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(QHealthIndicator.class));
	}

	@Test
	void withoutBootsHealthOnTheClassPathNothingIsMissing() {
		this.runner.withUserConfiguration(Worker.class)
			.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("qHealthIndicator"));
	}

	@Test
	void aQueueWhoseOldestJobIsOlderThanItMayBeTurnsHealthDown() {
		VirtualClock clock = new VirtualClock(Instant.parse("2026-02-03T04:05:06Z"));
		this.runner.withBean(EngineClock.class, () -> clock)
			.withBean(JobStore.class, () -> new MemoryStore(MemorySettings.DEFAULT, clock, clock))
			.withPropertyValues("q.health.max-age=10m", "q.health.max-ages.slow=1h")
			.run((context) -> {
				QHealthIndicator indicator = context.getBean(QHealthIndicator.class);
				JobTemplate jobs = context.getBean(JobTemplate.class);
				jobs.with(JobOptions.NONE.queue("mail")).enqueue(JobRequest.of("any", "x"));
				jobs.with(JobOptions.NONE.queue("slow")).enqueue(JobRequest.of("any", "x"));
				clock.advance(Duration.ofMinutes(10));
				assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
				clock.advance(Duration.ofSeconds(1));

				Health old = indicator.health();
				assertThat(old.getStatus()).isEqualTo(Status.DOWN);
				assertThat(old.getDetails()).containsEntry("TOO_OLD",
						"the oldest ready job of queue mail has been due for 601 s, and may for 600 s");
				context.getBean(JobStore.class).control().pause(new QueueName("mail"), PauseMode.OUT);
				assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
				context.getBean(JobStore.class).close();
				assertThat(indicator.health().getDetails()).containsKey("STORE_AWAY");
			});
	}

	@Test
	void aLimitThatIsNoneFailsTheStart() {
		this.runner.withPropertyValues("q.health.max-age=0s")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("q.health.max-age"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Worker {

		@JobHandler("idle")
		void idle() {
			assertThat(this).isNotNull();
		}

	}

}
