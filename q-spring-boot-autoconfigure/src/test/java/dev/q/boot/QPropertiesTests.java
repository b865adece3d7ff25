package dev.q.boot;

import java.time.Duration;

import dev.q.JobRetryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;

class QPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class));

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			q.worker.concurrency             | 0      | 0            | at least 1
			q.worker.lease                   | 0s     | PT0S         | from 1s to 24h
			q.worker.lease                   | 25h    | PT25H        | from 1s to 24h
			q.worker.poll-interval           | 0s     | PT0S         | from 1ms to 1h
			q.worker.poll-interval           | 2h     | PT2H         | from 1ms to 1h
			q.worker.maintenance-interval    | -1s    | PT-1S        | from 1ms to 1h
			q.worker.maintenance-interval    | 2h     | PT2H         | from 1ms to 1h
			q.worker.shutdown-timeout        | -1s    | PT-1S        | from 0s to 24h
			q.worker.shutdown-timeout        | 25h    | PT25H        | from 0s to 24h
			q.worker.queues                  | a b    | a b          | queue name
			q.worker.queues                  | a,,b   | ''           | queue name
			q.worker.unknown-type-timeout    | 0s     | PT0S         | more than 0s
			q.worker.timeout-grace           | -1s    | PT-1S        | from 0s to 1h
			q.worker.max-abandoned-threads   | -1     | -1           | at least 0
			q.worker.groups.bulk.queues      | a b    | a b          | queue name
			q.worker.groups.bulk.queues      | a:2    | a:2          | order weighted only
			q.worker.groups.bulk.queues      | a,a    | a            | once
			q.worker.groups.default.concurrency | 0   | 0            | at least 1
			q.queues.mail.timeout            | 0s     | PT0S         | from 1ms to 365d
			q.retry.max-attempts             | 0      | 0            | at least 1
			q.retry.max-crashes              | 0      | 0            | at least 1
			q.memory.capacity                | 0      | 0            | at least 1
			q.memory.offer-timeout           | -1s    | PT-1S        | from 0s to 1m
			q.memory.offer-timeout           | 2m     | PT2M         | from 0s to 1m
			q.max-payload                    | 0B     | 0B           | from 1B to 64MB
			q.max-payload                    | 3GB    | 3221225472B  | from 1B to 64MB
			q.retention.succeeded            | -1s    | PT-1S        | 0s or more
			q.retention.succeeded-per-queue  | -1     | -1           | at least 0
			q.retention.cancelled            | -1s    | PT-1S        | 0s or more
			q.retention.expired              | -1s    | PT-1S        | 0s or more
			q.retention.dead                 | -1s    | PT-1S        | 0s or more
			q.queues.mail.priority           | 10     | 10           | from 0 to 9
			q.queues.mail.priority           | -1     | -1           | from 0 to 9
			q.queues.mail.max-length         | 0      | 0            | at least 1
			q.queues.mail.max-attempts       | 0      | 0            | at least 1
			q.queues.mail.lease              | 25h    | PT25H        | from 1s to 24h
			q.queues.mail.time-to-live       | 0s     | PT0S         | more than 0s
			q.queues.mail.time-to-live       | 2000001d | PT48000024H  | at most 2000000d
			q.queues.mail.max-crashes        | 0      | 0            | at least 1
			q.queues.mail.durability         | safe   | safe         | standard, relaxed or replicated
			q.queues.mail.unique-by-payload  | always | always       | pending, until-done
			q.queues.mail.unique-conflict    | throw  | THROW        | unique-by-payload
			q.handlers.mail.concurrency      | 0      | 0            | at least 1
			q.defaults.priority              | 10     | 10           | from 0 to 9
			q.defaults.timeout               | 0s     | PT0S         | from 1ms to 365d
			q.defaults.time-to-live          | -1s    | PT-1S        | more than 0s
			q.defaults.durability            | safe   | safe         | standard, relaxed or replicated
			q.redis.namespace                | a b    | a b          | A namespace
			q.redis.namespace                | {}     | {}           | letters
			q.redis.namespace                | ''     | ''           | 1 to 128
			q.redis.timeout                  | 0s     | PT0S         | from 10ms to 10m
			q.redis.timeout                  | 11m    | PT11M        | from 10ms to 10m
			q.redis.request-queue-size       | 63     | 63           | from 64 to 1000000
			q.store                          | floppy | floppy       | memory, redis
			""")
	void aValueThatCannotBeUsedFailsTheStartWithPropertyValueAndRemedy(String property, String text, String value,
			String remedy) {
		for (boolean works : new boolean[] { true, false }) {
			this.runner.withPropertyValues(property + "=" + text, "q.worker.enabled=" + works)
				.run((context) -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
					.isInstanceOf(InvalidQPropertyException.class)
					.hasMessageContainingAll(property, value, remedy));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "q.retry.policy", "q.queues.mail.retry" })
	void aRetryPolicyThatAWorkerDoesNotKnowFailsItsStart(String property) {
		this.runner.withPropertyValues(property + "=sidekick")
			.run((context) -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
				.isInstanceOf(InvalidQPropertyException.class)
				.hasMessageContainingAll(property, "sidekick", "Known are sidekiq"));
	}

	@Test
	void theNameOfAQueueMustBeLegal() {
		this.runner.withPropertyValues("q.queues[a b].priority=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("q.queues", "'a b'"));
	}

	@Test
	void theTypeOfAHandlerMustBeLegal() {
		this.runner.withPropertyValues("q.handlers[a b].concurrency=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("q.handlers", "'a b'"));
	}

	@Test
	void aNameWithDotsOrCapitalsIsWrittenInBrackets() {
		this.runner.withPropertyValues("q.queues[a.b].priority=1", "q.queues[My_Mail].priority=2")
			.run((context) -> assertThat(context.getBean(QProperties.class).queues()).containsOnlyKeys("a.b",
					"My_Mail"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "q.worker.concurency", "q.wroker.concurrency", "q.queues.a.b.priority" })
	void aKeyThatDoesNotExistFailsTheStart(String key) {
		this.runner.withPropertyValues(key + "=3")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(key));
	}

	@Test
	void anEmptyRetryPolicyCountsAsNone() {
		this.runner.withPropertyValues("q.queues.mail.retry=", "q.retry.policy=").run((context) -> {
			QProperties properties = context.getBean(QProperties.class);

			assertThat(properties.queues().get("mail").retry()).isNull();
			assertThat(properties.retry().policy()).isEqualTo("sidekiq");
		});
	}

	@Test
	void aPolicyOfTheApplicationsOwnMayBeNamed() {
		this.runner.withBean("atOnce", JobRetryPolicy.class, () -> (failures, failure) -> Duration.ZERO)
			.withPropertyValues("q.retry.policy=atOnce", "q.queues.mail.retry=atOnce")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aQueueLongerThanTheStoreHasRoomForIsRefused() {
		this.runner.withPropertyValues("q.queues.mail.max-length=11", "q.memory.capacity=10")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("q.queues.mail.max-length", "11", "q.memory.capacity", "10"));
	}

	@Test
	void aShortShutdownPhaseShortensTheUsualTimeoutAndFailsNoStart() {
		this.runner.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=20s")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(new ShutdownPhase(Duration.ofSeconds(20)).shutdownTimeout(null)).isEqualTo(Duration.ofSeconds(18));
		assertThat(new ShutdownPhase(Duration.ofSeconds(30)).shutdownTimeout(null)).isEqualTo(Duration.ofSeconds(25));
		assertThat(new ShutdownPhase(Duration.ofSeconds(1)).shutdownTimeout(null)).isEqualTo(Duration.ZERO);
	}

	@Test
	void whoOnlyEnqueuesMayNameARetryPolicyThatOnlyTheWorkerHas() {
		this.runner
			.withPropertyValues("q.worker.enabled=false", "q.retry.policy=orderPolicy",
					"q.queues.mail.retry=orderPolicy")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aShutdownThatTakesLongerThanSpringWaitsIsRefused() {
		this.runner.withPropertyValues("q.worker.shutdown-timeout=29s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("q.worker.shutdown-timeout", "PT29S",
						"spring.lifecycle.timeout-per-shutdown-phase", "PT31S"));
	}

	@Test
	void aShutdownThatSpringWaitsForIsFine() {
		this.runner
			.withPropertyValues("q.worker.shutdown-timeout=60s", "spring.lifecycle.timeout-per-shutdown-phase=62s")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aShutdownIsNoMatterWhereNoJobsAreWorked() {
		this.runner.withPropertyValues("q.worker.shutdown-timeout=60s", "q.worker.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
	}

}
