package dev.q.boot.postgres;

import javax.sql.DataSource;

import dev.q.boot.QProperties;
import dev.q.store.jdbc.PostgresServerException;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.store.jdbc.PostgresSettings.SchemaManagement;
import dev.q.store.jdbc.PostgresStore;
import dev.q.test.server.postgres.PostgresPlace;
import dev.q.test.server.postgres.PostgresServer;
import dev.q.test.server.postgres.PostgresServers;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Flyway makes the schema, as {@code docs/postgres.md} says.
 */
@Timeout(120)
class FlywayTests {

	private static final String OWN_FILES = "classpath:dev/q/boot/postgres/migration";

	private static final String FILES = "classpath:dev/q/store/jdbc/schema";

	private static final String MIGRATED = "select string_agg(version, ' ' order by installed_rank) from %s.flyway_schema_history where version is not null";

	private static final String OWNER = "flyway_%d".formatted(ProcessHandle.current().pid());

	private final PostgresPlace database = PostgresServers.shared().freshDatabase();

	private final PostgresServer server = this.database.server();

	private final ApplicationContextRunner application = Applications.as(OWNER, "pass", this.server.url())
		.withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
		.withUserConfiguration(Applications.AsksForTheStoreFirst.class)
		.withPropertyValues("q.postgres.schema-management=validate");

	private final ApplicationContextRunner withOwnTables = this.application
		.withPropertyValues("spring.flyway.locations=" + OWN_FILES);

	@BeforeEach
	void makeTheOwner() {
		this.server.execute("create role %1$s login password 'pass'; alter database %2$s owner to %1$s".formatted(OWNER,
				this.database.name()));
	}

	@AfterEach
	void dropTheDatabase() {
		this.database.close();
		PostgresServers.shared().execute("drop role if exists " + OWNER);
	}

	@Test
	void itMakesTheSchemaBeforeTheStoreLooks() {
		ApplicationContextRunner migrated = this.application.withPropertyValues("spring.flyway.locations=" + FILES,
				"spring.flyway.schemas=q");

		Greeter.assertAJobRuns(migrated);
		Greeter.assertAJobRuns(migrated);

		assertThat(this.server.value(MIGRATED.formatted("q"))).isEqualTo("1.1 1.2 1.3 1.4 1.5 1.6 1.7 1.8");
	}

	@Test
	void theFilesOfTheApplicationHaveAHistoryOfTheirOwn() {
		ApplicationContextRunner migrated = this.withOwnTables.withUserConfiguration(OneHistoryEach.class);

		Greeter.assertAJobRuns(migrated);
		Greeter.assertAJobRuns(migrated);

		assertThat(this.server.value(MIGRATED.formatted("q"))).isEqualTo("1.1 1.2 1.3 1.4 1.5 1.6 1.7 1.8");
		assertThat(this.server.value(MIGRATED.formatted("public"))).isEqualTo("3");
		assertThat(this.server.value("select to_regclass('public.orders')")).isNotNull();
	}

	@Test
	void theFilesOfTheApplicationMayShareAHistoryAndASchemaWithThoseOfQ() {
		Flyway.configure().dataSource(source()).locations(OWN_FILES).load().migrate();

		Greeter.assertAJobRuns(
				this.withOwnTables.withPropertyValues("spring.flyway.locations=%s,%s".formatted(OWN_FILES, FILES),
						"spring.flyway.out-of-order=true", "q.postgres.schema=public"));

		assertThat(this.server.value(MIGRATED.formatted("public"))).isEqualTo("3 1.1 1.2 1.3 1.4 1.5 1.6 1.7 1.8");
	}

	@Test
	void aSchemaThatQMadeIsTakenOver() {
		Greeter.assertAJobRuns(this.withOwnTables.withPropertyValues("q.postgres.schema-management=auto"));

		filesOfQ(source(), "q").baselineOnMigrate(true).baselineVersion("1.8").load().migrate();

		Greeter.assertAJobRuns(this.withOwnTables.withUserConfiguration(OneHistoryEach.class));

		assertThat(this.server.value(MIGRATED.formatted("q"))).isEqualTo("1.8");
	}

	/** Its own schema comes first in the search_path, once it is there. */
	@Test
	void aUserOfTheNameOfTheSchemaDoesNoHarmIfThatOfTheApplicationIsNamed() {
		ApplicationContextRunner migrated = this.withOwnTables.withUserConfiguration(OneHistoryEach.class)
			.withPropertyValues("spring.flyway.default-schema=public", "q.postgres.schema=" + OWNER);

		Greeter.assertAJobRuns(migrated);
		Greeter.assertAJobRuns(migrated);

		assertThat(this.server.value(MIGRATED.formatted("public"))).isEqualTo("3");
	}

	@Test
	void withoutTheFilesOfQTheStartFailsUntilTheyAreThere() {
		this.withOwnTables.run((context) -> assertThat(context.getStartupFailure())
			.hasRootCauseInstanceOf(PostgresServerException.class)
			.rootCause()
			.hasMessageContainingAll("Schema \"q\"", "holds no tables of Q", "dev/q/store/jdbc/schema"));

		Greeter.assertAJobRuns(this.withOwnTables.withUserConfiguration(OneHistoryEach.class));
	}

	@Test
	void aStoreThatIsThereAlreadyWaitsForTheFiles() {
		PostgresSettings settings = PostgresSettings.DEFAULT.withSchemaManagement(SchemaManagement.VALIDATE);
		try (PostgresStore store = new PostgresStore(settings, source())) {
			assertThatExceptionOfType(PostgresServerException.class).isThrownBy(store::connect)
				.withMessageContaining("holds no tables of Q");

			filesOfQ(source(), "q").load().migrate();

			store.connect();
			assertThat(store.catalog().queues()).isEmpty();
		}
	}

	private DataSource source() {
		return new DriverManagerDataSource(this.server.url(), OWNER, "pass");
	}

	private static FluentConfiguration filesOfQ(DataSource source, String schema) {
		return Flyway.configure().dataSource(source).locations(FILES).schemas(schema);
	}

	@Configuration(proxyBeanMethods = false)
	static class OneHistoryEach {

		@Bean
		FlywayMigrationStrategy oneHistoryEach(QProperties properties) {
			return (flyway) -> {
				filesOfQ(flyway.getConfiguration().getDataSource(), properties.postgres().schema()).load().migrate();
				flyway.migrate();
			};
		}

	}

}
