package dev.q.boot.health;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.q.JobHandler;
import dev.q.boot.QAutoConfiguration;
import dev.q.engine.EngineHealth;
import dev.q.spring.JobEngineLifecycle;
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
	void anApplicationWithNothingToWorkIsUp() {
		this.runner.run((context) -> assertThat(context.getBean(QHealthIndicator.class).health().getStatus())
			.isEqualTo(Status.UP));
	}

	@Test
	void aProblemTurnsHealthDownAndIsInTheDetails() {
		EngineHealth.Problem problem = new EngineHealth.Problem(EngineHealth.Kind.LOOP_STUCK, "leases is stuck");
		EngineHealth health = new EngineHealth(true, List.of(problem), 1, Duration.ofHours(1), 2);

		Health shown = new QHealthIndicator(() -> Optional.of(health)).health();

		assertThat(shown.getStatus()).isEqualTo(Status.DOWN);
		assertThat(shown.getDetails()).containsEntry("LOOP_STUCK", "leases is stuck")
			.containsEntry("oldestRunning", Duration.ofHours(1))
			.containsEntry("abandonedThreads", 2);
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

	@Configuration(proxyBeanMethods = false)
	static class Worker {

		@JobHandler("idle")
		void idle() {
			assertThat(this).isNotNull();
		}

	}

}
