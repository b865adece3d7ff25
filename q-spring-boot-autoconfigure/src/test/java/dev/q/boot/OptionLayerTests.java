package dev.q.boot;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.q.JobHandler;
import dev.q.JobOption;
import dev.q.JobTemplate;
import dev.q.handler.HandlerDefinition;
import dev.q.job.JobSpec;
import dev.q.job.TypeName;
import dev.q.spring.JobHandlerBeans;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Call, handler, queue, application: who may say what, and whose word counts.
 */
class OptionLayerTests {

	/** What is of one job, or for somebody else to say: see {@code docs/options.md}. */
	private static final Set<String> NOT_OF_HANDLERS = Set.of("due", "deadline", "unique", "maxLength",
			"payloadVersion", "tags", "headers");

	private static final Set<String> NOT_OF_QUEUES = Set.of("queue", "due", "deadline", "unique", "payloadVersion",
			"tags", "headers");

	private static final Set<String> NOT_OF_APPLICATIONS = Set.of("queue", "due", "deadline", "unique",
			"uniqueByPayload", "maxLength", "payloadVersion", "tags", "headers");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class));

	@Test
	void everyOptionCanBeSaidByAHandlerUnlessThereIsAReason() {
		assertThat(union(NOT_OF_HANDLERS, Arrays.stream(JobHandler.class.getDeclaredMethods()).map(Method::getName)))
			.containsAll(options());
	}

	@Test
	void everyOptionCanBeSaidOfAQueueUnlessThereIsAReason() {
		assertThat(union(NOT_OF_QUEUES, components(QueueProperties.class))).containsAll(options());
	}

	@Test
	void everyOptionCanBeSaidByTheApplicationUnlessThereIsAReason() {
		Set<String> elsewhere = union(Set.of("retry"), components(QProperties.class));
		elsewhere.addAll(components(QProperties.Retry.class).toList());
		elsewhere.addAll(components(QProperties.Worker.class).toList());

		assertThat(union(union(NOT_OF_APPLICATIONS, elsewhere.stream()), components(DefaultProperties.class)))
			.containsAll(options());
	}

	@Test
	void aCallGoesBeforeTheHandlerBeforeTheQueueBeforeTheApplication() {
		this.runner.withUserConfiguration(Handlers.class)
			.withPropertyValues("q.defaults.priority=1", "q.defaults.timeout=1m", "q.defaults.time-to-live=1h",
					"q.retry.max-crashes=7", "q.queues.mail.priority=2", "q.queues.mail.timeout=2m",
					"q.queues.mail.time-to-live=2h", "q.queues.mail.unique-by-payload=pending",
					"q.worker.enabled=false")
			.run((context) -> {
				JobTemplate jobs = context.getBean(JobTemplate.class);

				JobSpec spec = jobs.find(jobs.enqueue("layered", "x")).orElseThrow().job().spec();

				assertThat(spec.priority()).isEqualTo(3);
				assertThat(spec.limits().timeout()).hasMinutes(2);
				assertThat(spec.limits().timeToLive()).hasHours(3);
				assertThat(spec.limits().maxCrashes()).isEqualTo(7);
				assertThat(spec.unique()).isNotNull();
			});
	}

	@Test
	void theApplicationSaysHowManyOfAHandlerRunAtOnce() {
		this.runner.withUserConfiguration(Handlers.class)
			.withPropertyValues("q.handlers.layered.concurrency=1000000", "q.handlers[other.one].concurrency=3")
			.run((context) -> assertThat(
					context.getBean(JobHandlerBeans.class).get().find(new TypeName("layered")).orElseThrow())
				.extracting(HandlerDefinition::concurrency)
				.isEqualTo(1_000_000));
	}

	@Test
	void whatTheStoreCannotGrantAQueueFailsTheStart() {
		this.runner.withPropertyValues("q.queues.mail.durability=relaxed")
			.run((context) -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
				.isInstanceOf(InvalidQPropertyException.class)
				.hasMessageContainingAll("q.queues.mail", "RELAXED", "RELAXED_DURABILITY"));
	}

	@Test
	void aQueueThatContradictsAHandlerFailsTheStartWithBothValues() {
		this.runner.withUserConfiguration(Handlers.class)
			.withPropertyValues("q.queues.mail.delivery=at-most-once")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContainingAll("Handling.run", "AT_MOST_ONCE (from the settings of queue mail",
						"4 attempts (from the handler of type layered)"));
	}

	@Test
	void aQueueThatContradictsItselfFailsTheStartWithBothValues() {
		this.runner.withPropertyValues("q.queues.mail.delivery=at-most-once", "q.queues.mail.max-attempts=2")
			.run((context) -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
				.hasMessageContainingAll("q.queues.mail.max-attempts", "2", "q.queues.mail.delivery", "at-most-once"));
	}

	private static Set<String> options() {
		return Stream.of(JobOption.class.getFields())
			.filter((field) -> Modifier.isStatic(field.getModifiers()))
			.map((field) -> {
				try {
					return String.valueOf(field.get(null));
				}
				catch (IllegalAccessException ex) {
					throw new IllegalStateException(ex);
				}
			})
			.collect(Collectors.toSet());
	}

	private static Stream<String> components(Class<?> type) {
		return Stream.of(type.getRecordComponents()).map(RecordComponent::getName);
	}

	private static Set<String> union(Set<String> some, Stream<String> others) {
		Set<String> all = new HashSet<>(some);
		others.forEach(all::add);
		return all;
	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		@Bean
		Handling handling() {
			return new Handling();
		}

	}

	static class Handling {

		@JobHandler(value = "layered", queue = "mail", priority = 3, timeToLive = "3h", maxAttempts = 4)
		void run(String text) {
			assertThat(text).isNotNull();
		}

	}

}
