package dev.q.boot.context;

import java.time.Duration;

import dev.q.JobHandler;
import dev.q.JobTemplate;
import dev.q.boot.QAutoConfiguration;
import dev.q.context.MdcHeaders;
import dev.q.result.JobResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class QContextAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("q.memory.warn-of-loss=false")
		.withUserConfiguration(Worker.class)
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class, QContextAutoConfiguration.class));

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void aHandlerLogsWithTheKeysOfWhoeverEnqueued() {
		this.runner.withPropertyValues("q.context.mdc=tenant, request").run((context) -> {
			JobTemplate jobs = context.getBean(JobTemplate.class);
			MDC.put("tenant", "acme");

			assertThat(jobs.await(jobs.enqueue("tenant", null), String.class, Duration.ofSeconds(20)))
				.isEqualTo(new JobResult.Succeeded<>("acme", null));
		});
	}

	@Test
	void unlessKeysAreNamedThereIsNothing() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(MdcHeaders.class));
	}

	@Test
	void aKeyThatCannotTravelFailsTheStart() {
		this.runner.withPropertyValues("q.context.mdc=tenant id")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("q.context.mdc"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Worker {

		@JobHandler("tenant")
		String tenant() {
			return String.valueOf(MDC.get("tenant"));
		}

	}

}
