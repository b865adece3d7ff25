package dev.q.boot.diagnostics;

import java.util.ArrayList;
import java.util.List;

import dev.q.JobHandler;
import dev.q.boot.QAutoConfiguration;
import dev.q.boot.postgres.QPostgresStoreAutoConfiguration;
import dev.q.boot.redis.QRedisStoreAutoConfiguration;
import dev.q.schedule.Recurring;
import dev.q.store.JobStore;
import dev.q.store.jdbc.PostgresServerException;
import dev.q.store.redis.RedisServerException;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

class FailureAnalyzersTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class));

	@Test
	void anInvalidPropertyIsDescribedWithWhatToDo() {
		FailureAnalysis analysis = analysisOf(this.runner.withPropertyValues("q.worker.lease=0s"));

		assertThat(analysis.getDescription()).isEqualTo("Property q.worker.lease is 'PT0S', which Q cannot use");
		assertThat(analysis.getAction()).isEqualTo("Set it to a duration from 1s to 24h, or leave it out");
	}

	@Test
	void anUnknownStoreIsDescribedWithThoseThereAre() {
		FailureAnalysis analysis = analysisOf(this.runner.withPropertyValues("q.store=floppy"));

		assertThat(analysis.getDescription()).contains("q.store").contains("'floppy'");
		assertThat(analysis.getAction()).contains("memory");
	}

	@Test
	void aRedisThatIsNotSetUpIsDescribedWithWhatToAdd() {
		FailureAnalysis analysis = analysisOf(
				this.runner.withConfiguration(AutoConfigurations.of(QRedisStoreAutoConfiguration.class))
					.withPropertyValues("q.store=redis"));

		assertThat(analysis.getDescription()).contains("q.store=redis").contains("no RedisConnectionFactory");
		assertThat(analysis.getAction()).contains("spring-boot-starter-data-redis");
	}

	@Test
	void aRedisServerThatIsNotFitIsDescribedWithWhatHelps() {
		FailureAnalysis analysis = analysisOf(this.runner.withBean(JobStore.class, () -> {
			throw new RedisServerException("Q needs Redis 6.2 or later, but this server is 5.0. Upgrade it");
		}));

		assertThat(analysis.getDescription()).contains("this server is 5.0. Upgrade it");
		assertThat(analysis.getAction()).contains("as described", "spring.data.redis", "q.store");
	}

	@Test
	void aPostgresThatIsNotSetUpIsDescribedWithWhatToAdd() {
		FailureAnalysis analysis = analysisOf(
				this.runner.withConfiguration(AutoConfigurations.of(QPostgresStoreAutoConfiguration.class))
					.withPropertyValues("q.store=postgres"));

		assertThat(analysis.getDescription()).contains("q.store=postgres").contains("no DataSource");
		assertThat(analysis.getAction()).contains("spring.datasource.url");
	}

	@Test
	void aPostgresServerThatIsNotFitIsDescribedWithWhatHelps() {
		FailureAnalysis analysis = analysisOf(this.runner.withBean(JobStore.class, () -> {
			throw new PostgresServerException("PostgreSQL takes no writes. Connect to the primary");
		}));

		assertThat(analysis.getDescription()).contains("takes no writes. Connect to the primary");
		assertThat(analysis.getAction()).contains("as described", "spring.datasource", "@QDataSource", "q.store");
	}

	@Test
	void handlersThatCannotBeUsedAreNamed() {
		FailureAnalysis twins = analysisOf(this.runner.withUserConfiguration(One.class, Twin.class));
		FailureAnalysis odd = analysisOf(this.runner.withUserConfiguration(Odd.class));

		assertThat(twins.getDescription()).contains("One.greet").contains("Twin.greetToo");
		assertThat(twins.getAction()).contains("another type");
		assertThat(odd.getDescription()).contains("Odd.run");
		assertThat(odd.getAction()).contains("@JobHandler");
	}

	@Test
	void aScheduleThatCannotBeUsedIsDescribedWithItsMethodAndText() {
		FailureAnalysis analysis = analysisOf(this.runner.withUserConfiguration(Never.class));

		assertThat(analysis.getDescription()).contains("Never.report()").contains("'0 0 30 2 *'");
		assertThat(analysis.getAction()).contains("@Recurring");
	}

	/** The first that has something to say, as in a start of Boot. */
	private static FailureAnalysis analysisOf(ApplicationContextRunner runner) {
		List<FailureAnalysis> analyses = new ArrayList<>();
		runner.run((context) -> SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, (type, name, failure) -> assertThat(name).startsWith("org.springframework"))
			.stream()
			.map((analyzer) -> analyzer.analyze(context.getStartupFailure()))
			.filter((analysis) -> analysis != null)
			.forEach(analyses::add));
		return analyses.get(0);
	}

	@Configuration(proxyBeanMethods = false)
	static class One {

		@JobHandler("greet")
		void greet(String name) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Twin {

		@JobHandler("greet")
		void greetToo(String name) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Never {

		@Recurring(cron = "0 0 30 2 *")
		@JobHandler("report")
		void report() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Odd {

		@JobHandler("odd")
		void run(String one, String two) {
		}

	}

}
