package dev.q.boot;

import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.q.JobHandler;
import dev.q.JobTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each property does with a value that nobody meant. The properties are those of the
 * metadata, so that a new one is among them by itself: either the application starts and
 * works a job, or the start fails by a message that names the property.
 */
class PropertyRangeTests {

	private static final String LONG = "x".repeat(10_000);

	/** What is tried for which type of property. */
	private static final Map<Class<?>, List<String>> VALUES = Map.of(Integer.class,
			List.of("0", "-1", "2147483647", "2147483648", "-2147483648", "many", ""), Long.class,
			List.of("0", "-1", "9223372036854775807", "9223372036854775808", "many"), Duration.class,
			List.of("0s", "-1s", "36500d", "9999999d", "9223372036854775807s", "99999999999999999999s", "soon"),
			DataSize.class, List.of("0B", "-1B", "9223372036854775807B", "64TB", "big"), Boolean.class,
			List.of("maybe", "2"), String.class, List.of("", " ", LONG, "a\nb", "\u0000", "${nothing"), List.class,
			List.of("", ",", LONG, "a,a", "a\nb"), Enum.class, List.of("floppy", "-1", LONG));

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class))
		.withBean(Handler.class)
		.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=2s");

	@ParameterizedTest
	@MethodSource("properties")
	void aValueThatNobodyMeantIsUsedOrRefusedByTheNameOfItsProperty(String property, Class<?> type) {
		for (String value : valuesOf(type)) {
			ApplicationContextRunner started = this.runner;
			if (property.startsWith("q.stores.extra.")) {
				started = started.withPropertyValues("q.stores.extra.store=memory", "q.stores.extra.queues=elsewhere");
			}
			started
				.withInitializer((context) -> context.getEnvironment()
					.getPropertySources()
					.addFirst(new MapPropertySource("drill", Map.of(property, value))))
				.run((context) -> assertUsedOrRefused(context, property, value));
		}
	}

	@Test
	void theTypesOfAllPropertiesAreKnownHere() {
		assertThat(properties().map((row) -> (Class<?>) row.get()[1])).hasSizeGreaterThan(60)
			.allSatisfy((type) -> assertThat(valuesOf(type)).as(type.getName()).isNotEmpty());
	}

	private static void assertUsedOrRefused(AssertableApplicationContext context, String property, String value)
			throws InterruptedException {
		String what = "%s=%s".formatted(property, value.substring(0, Math.min(30, value.length())));
		Throwable failure = context.getStartupFailure();
		if (failure == null) {
			assertThat(context.getBean(Handler.class).worksOne(context.getBean(JobTemplate.class))).as(what).isTrue();
			return;
		}
		assertThat(causes(failure)).as(what)
			.anySatisfy((cause) -> assertThat(cause).message().contains(place(property)));
		assertThat(causes(failure).get(causes(failure).size() - 1)).as(what)
			.message()
			.hasSizeLessThan(2 * LONG.length());
	}

	/** What a store is, is said by several of its properties together. */
	private static String place(String property) {
		return property.startsWith("q.stores.extra.") ? "q.stores.extra" : property;
	}

	private static List<Throwable> causes(Throwable failure) {
		List<Throwable> causes = new ArrayList<>();
		for (@Nullable
		Throwable each = failure; each != null; each = each.getCause()) {
			causes.add(each);
		}
		return causes;
	}

	private static List<String> valuesOf(Class<?> type) {
		return VALUES.getOrDefault(type.isEnum() ? Enum.class : type, List.of());
	}

	static Stream<Arguments> properties() {
		return ConfigurationPage.properties()
			.entrySet()
			.stream()
			.filter((property) -> property.getKey().startsWith("q.") && !property.getValue().isRecord())
			.map((property) -> property.getValue().equals(Map.class)
					// Of a span for each queue.
					? Arguments.of(property.getKey() + ".default", Duration.class)
					: Arguments.of(named(property.getKey()), boxed(property.getValue())));
	}

	private static String named(String property) {
		return property.replace("q.stores.<name>", "q.stores.extra")
			.replace("q.handlers.<name>", "q.handlers.ping")
			.replace("<name>", "default");
	}

	private static Class<?> boxed(Class<?> type) {
		return MethodType.methodType(type).wrap().returnType();
	}

	static class Handler {

		private final LinkedBlockingQueue<String> done = new LinkedBlockingQueue<>();

		@JobHandler("ping")
		void ping() {
			this.done.add("ping");
		}

		boolean worksOne(JobTemplate jobs) throws InterruptedException {
			jobs.enqueue("ping", null);
			return this.done.poll(10, TimeUnit.SECONDS) != null;
		}

	}

}
