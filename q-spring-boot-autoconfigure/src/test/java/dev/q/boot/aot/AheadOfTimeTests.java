package dev.q.boot.aot;

import java.time.Duration;

import dev.q.JobHandler;
import dev.q.JobTemplate;
import dev.q.boot.QAutoConfiguration;
import dev.q.boot.context.QContextAutoConfiguration;
import dev.q.boot.health.QHealthContributorAutoConfiguration;
import dev.q.boot.metrics.QMetricsAutoConfiguration;
import dev.q.boot.observation.QObservationAutoConfiguration;
import dev.q.boot.postgres.QPostgresStoreAutoConfiguration;
import dev.q.boot.redis.QRedisStoreAutoConfiguration;
import dev.q.boot.stores.QStoresAutoConfiguration;
import dev.q.result.JobResult;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code process-aot} makes of an application with Q.
 */
class AheadOfTimeTests {

	private static final String[] PROPERTIES = { "q.memory.warn-of-loss=false", "q.context.mdc=tenant" };

	@Test
	void handlersPayloadsResultsScriptsAndStatementsAreKnown() {
		RuntimeHints hints = process().getRuntimeHints();

		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Greeter.class, "greet")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Person.class, "name")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Greeting.class, "text")).accepts(hints);
		assertThat(RuntimeHintsPredicates.resource().forResource("dev/q/store/redis/claim.lua")).accepts(hints);
		assertThat(RuntimeHintsPredicates.resource().forResource("dev/q/store/jdbc/schema/V1_3__q_claim.sql"))
			.accepts(hints);
	}

	@Test
	@CompileWithForkedClassLoader
	void anApplicationThatWasMadeAheadOfTimeRunsJobs() {
		TestCompiler.forSystem().with(process()).compile((compiled) -> {
			GenericApplicationContext context = new GenericApplicationContext();
			configure(context);
			initializer(compiled.getInstance(ApplicationContextInitializer.class)).initialize(context);
			try (context) {
				context.refresh();
				JobTemplate jobs = context.getBean(JobTemplate.class);

				assertThat(jobs.await(jobs.enqueue(new Person("Ada")), Greeting.class, Duration.ofSeconds(20)))
					.isEqualTo(new JobResult.Succeeded<>(new Greeting("Hello Ada"), null));
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	@SuppressWarnings("unchecked")
	private static ApplicationContextInitializer<GenericApplicationContext> initializer(
			ApplicationContextInitializer<?> made) {
		return (ApplicationContextInitializer<GenericApplicationContext>) made;
	}

	private static TestGenerationContext process() {
		TestGenerationContext generation = new TestGenerationContext(
				ClassName.get(AheadOfTimeTests.class.getPackageName(), "Made"));
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			configure(context);
			context.register(Greeter.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		}
		generation.writeGeneratedContent();
		return generation;
	}

	private static void configure(ConfigurableApplicationContext context) {
		TestPropertyValues.of(PROPERTIES).applyTo(context);
	}

	/** What the handler takes. */
	record Person(String name) {
	}

	/** What the handler leaves behind. */
	record Greeting(String text) {
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
			SimpleMetricsExportAutoConfiguration.class, QAutoConfiguration.class, QContextAutoConfiguration.class,
			QHealthContributorAutoConfiguration.class, QMetricsAutoConfiguration.class,
			QObservationAutoConfiguration.class, QPostgresStoreAutoConfiguration.class,
			QRedisStoreAutoConfiguration.class, QStoresAutoConfiguration.class })
	static class Greeter {

		@JobHandler("greet")
		Greeting greet(Person person) {
			return new Greeting("Hello " + person.name());
		}

	}

}
