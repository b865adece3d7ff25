package dev.q.boot.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import javax.sql.DataSource;

import dev.q.ports.SystemClock;
import dev.q.store.JobStore;
import dev.q.store.jdbc.PostgresServerException;
import dev.q.store.jdbc.PostgresStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The wiring, where no server is needed: on a port of which nobody listens.
 */
@ExtendWith(OutputCaptureExtension.class)
class QPostgresStoreAutoConfigurationTests {

	private final String url = "jdbc:postgresql://localhost:%d/shop".formatted(closedPort());

	private final ApplicationContextRunner bare = Applications.bare();

	private final ApplicationContextRunner runner = Applications.as("ann", "secret-word",
			this.url + "?options=-c%20search_path=hidden-part");

	@Test
	void withTheServerDownTheApplicationStartsAndSaysOnceWhichServerAndNoSecret(CapturedOutput output) {
		this.runner.run(
				(context) -> assertThat(context).hasNotFailed().getBean("qJobStore").isInstanceOf(PostgresStore.class));

		assertThat(output.toString().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains(this.url + " cannot be used", "Connection refused", "starts without it");
		assertThat(output).doesNotContain("secret-word", "hidden-part", "\tat ");
	}

	@Test
	void withTheServerDownTheStartFailsIfToldSo(CapturedOutput output) {
		this.runner.withPropertyValues("q.fail-fast=true")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("PostgreSQL at " + this.url + " cannot be used")
				.hasStackTraceContaining("q.fail-fast=false"));

		assertThat(output).doesNotContain("secret-word");
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

		assertThat(output).doesNotContain("cannot be used");
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.jdbc", "org.postgresql", "com.zaxxer.hikari" })
	void withoutSpringJdbcOrTheDriverJobsInMemoryLackNothing(String missing) {
		this.bare.withClassLoader(new FilteredClassLoader(missing))
			.withPropertyValues("q.store=memory")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(MemoryStore.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.jdbc", "org.postgresql" })
	void withoutSpringJdbcOrTheDriverTheStartFailsAndNamesTheDependencies(String missing) {
		this.bare.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(PostgresSetupException.class)
				.hasMessageContainingAll("spring-boot-starter-jdbc", "org.postgresql:postgresql"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "com.zaxxer.hikari", "org.springframework.boot.sql", "org.springframework.boot.jdbc" })
	void aDataSourceOfAnyKindWillDo(String missing) {
		this.bare.withClassLoader(new FilteredClassLoader(missing))
			.withBean(DataSource.class, () -> new DriverManagerDataSource(this.url, "ann", "secret-word"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(PostgresStore.class));
	}

	@Test
	void withoutADataSourceTheStartFailsWithTheRemedy() {
		this.bare.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(PostgresSetupException.class)
			.hasMessageContainingAll("no DataSource", "spring.datasource.url"));
	}

	@Test
	void ofSeveralDataSourcesOneMustBeThePrimaryOneOrMarked() {
		this.bare.withBean("one", DataSource.class, DriverManagerDataSource::new)
			.withBean("two", DataSource.class, DriverManagerDataSource::new)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(PostgresSetupException.class)
				.hasMessageContainingAll("one", "two", "@Primary", "@QDataSource"));
	}

	@Test
	void ofSeveralDataSourcesThePrimaryOneIsTaken(CapturedOutput output) {
		this.runner.withBean("one", DataSource.class, DriverManagerDataSource::new)
			.withBean("two", DataSource.class, () -> new DriverManagerDataSource(this.url),
					(bean) -> bean.setPrimary(true))
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(output).contains("Connection refused");
	}

	@Test
	void aDatabaseThatIsNotPostgresFailsTheStartAndIsNamed() {
		this.bare.withBean(DataSource.class, OtherDatabase::dataSource)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(PostgresServerException.class)
				.hasMessageContainingAll("Floppy DB", "DataSource of PostgreSQL"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "q.postgres.schema=Q", "q.postgres.listen-url=postgres://db/q?password=secret-word",
			"q.postgres.connection-timeout=1ms", "q.postgres.wakeup=shout", "q.postgres.shema=q",
			"q.postgres.maintenance-timeout=-1s" })
	void aPropertyThatCannotBeUsedIsNamed(String property, CapturedOutput output) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining(property.substring(0, property.indexOf('=')))
				.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("secret-word")));

		assertThat(output).doesNotContain("secret-word");
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
