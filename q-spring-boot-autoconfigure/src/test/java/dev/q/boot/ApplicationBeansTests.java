package dev.q.boot;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.q.JobHandler;
import dev.q.JobReceipt;
import dev.q.JobRetryPolicy;
import dev.q.JobTemplate;
import dev.q.admin.JobAdmin;
import dev.q.admin.JobEdit;
import dev.q.codec.PayloadCodec;
import dev.q.job.Job;
import dev.q.job.Payload;
import dev.q.retry.RetryPolicies;
import org.junit.jupiter.api.Test;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Q beside the beans of an application.
 */
class ApplicationBeansTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class));

	@Test
	void namesOfBeansAreLeftToTheApplication() {
		List<String> names = Stream
			.of("jobStore", "failurePolicy", "handlerRunner", "jobEvents", "retryPolicies", "payloadCodec",
					"jobTemplate", "jobHandlerBeans", "jobEngineLifecycle", "engineClock", "enginePorts",
					"callerTransaction")
			.toList();
		ApplicationContextRunner taken = this.runner;
		for (String name : names) {
			taken = taken.withBean(name, String.class, () -> "mine");
		}

		taken.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(JobTemplate.class));
	}

	@Test
	void infrastructureBeansHaveThePrefixQ() {
		this.runner.run((context) -> assertThat(context).hasBean("qJobStore")
			.hasBean("qJobTemplate")
			.hasBean("qJobAdmin")
			.hasBean("qPayloadCodec")
			.hasBean("qRetryPolicies")
			.hasBean("qFailurePolicy"));
	}

	@Test
	void aRetryPolicyMayInjectTheTemplate() {
		this.runner.withUserConfiguration(PolicyWithTemplate.class)
			.run((context) -> assertThat(context.getBean(RetryPolicies.class).parse("eager"))
				.isSameAs(context.getBean(JobRetryPolicy.class)));
	}

	@Test
	void anApplicationRunnerEnqueuesWithoutNamingTheType() {
		SpringApplication application = new SpringApplication(Running.class);
		application.setWebApplicationType(WebApplicationType.NONE);

		try (ConfigurableApplicationContext context = application.run("--q.worker.enabled=false",
				"--spring.main.banner-mode=off")) {
			JobReceipt receipt = context.getBean(Running.class).receipt;

			assertThat(context.getBean(JobTemplate.class).find(receipt).orElseThrow().job().spec().type().value())
				.isEqualTo("greet");
		}
	}

	@Test
	void aPayloadAsLargeAsTheLimitAllowsCanBeReadAgain() {
		String text = "x".repeat(2 * 1024 * 1024);

		this.runner.withPropertyValues("q.max-payload=5MB").run((context) -> {
			PayloadCodec codec = context.getBean(PayloadCodec.class);
			Payload payload = codec.encode(text);

			assertThat(codec.decode(payload, String.class)).isEqualTo(text);
		});
	}

	@Test
	void jobsAreSteeredAndEditedWithinTheLimitOfPayloads() {
		this.runner.withPropertyValues("q.max-payload=10B", "q.worker.enabled=false").run((context) -> {
			JobTemplate jobs = context.getBean(JobTemplate.class);
			JobAdmin admin = context.getBean(JobAdmin.class);
			JobReceipt receipt = jobs.enqueue("greet", "Ada");
			Payload large = context.getBean(PayloadCodec.class).encode("x".repeat(9));

			assertThat(admin.hold(Set.of(receipt.id()))).containsExactly(receipt.id());
			Job seen = jobs.find(receipt).orElseThrow().job();
			assertThat(seen.isHeld()).isTrue();
			assertThatIllegalArgumentException().isThrownBy(() -> admin.edit(JobEdit.of(seen).payload(large)))
				.withMessageContaining("11 bytes");
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class PolicyWithTemplate {

		@Bean
		JobRetryPolicy eager(JobTemplate jobs) {
			return (failures, failure) -> Duration.ZERO;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(QAutoConfiguration.class)
	static class Running {

		private JobReceipt receipt;

		@Bean
		ApplicationRunner enqueueAtStart(JobTemplate jobs) {
			return (arguments) -> this.receipt = jobs.enqueue("Ada");
		}

		@JobHandler("greet")
		void greet(String name) {
		}

	}

}
