package dev.q.boot.postgres;

import dev.q.store.jdbc.PostgresServerException;
import dev.q.test.server.postgres.PostgresPlace;
import dev.q.test.server.postgres.PostgresServer;
import dev.q.test.server.postgres.PostgresServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Liquibase makes the schema, as {@code docs/postgres.md} says.
 */
@Timeout(120)
class LiquibaseTests {

	private static final String OWNER = "liquibase_%d".formatted(ProcessHandle.current().pid());

	private final PostgresPlace database = PostgresServers.shared().freshDatabase();

	private final PostgresServer server = this.database.server();

	private final ApplicationContextRunner application = Applications.as(OWNER, "pass", this.server.url())
		.withConfiguration(AutoConfigurations.of(LiquibaseAutoConfiguration.class))
		.withUserConfiguration(Applications.AsksForTheStoreFirst.class)
		.withPropertyValues("q.postgres.schema-management=validate");

	private final ApplicationContextRunner withOwnTables = this.application
		.withPropertyValues("spring.liquibase.change-log=classpath:dev/q/boot/postgres/changelog/own.yaml");

	private final ApplicationContextRunner withQ = this.application
		.withPropertyValues("spring.liquibase.change-log=classpath:dev/q/boot/postgres/changelog/with-q.yaml");

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
		Greeter.assertAJobRuns(this.withQ);
		Greeter.assertAJobRuns(this.withQ);

		assertThat(this.server.value("select string_agg(id, ' ' order by orderexecuted) from public.databasechangelog"))
			.isEqualTo("orders q-layout-1 orders-total");
		assertThat(this.server.value("select to_regclass('public.orders')")).isNotNull();
	}

	@Test
	void functionsFindTheTablesOfTheirSchemaAlone() {
		this.withQ.run((context) -> assertThat(context).hasNotFailed());

		assertThat(this.server.value("""
				select string_agg(distinct option, ' ') from pg_proc p
					join pg_namespace n on n.oid = p.pronamespace and n.nspname = 'q',
					unnest(p.proconfig) option where option like 'search\\_path=%'"""))
			.isEqualTo("search_path=q, pg_temp");
	}

	/**
	 * The first path of the server may name a schema that is there the second time only.
	 */
	@Test
	void aSearchPathThatBeginsWithTheSchemaOfQDoesNoHarmIfThatOfTheApplicationIsNamed() {
		ApplicationContextRunner migrated = this.withQ.withPropertyValues("spring.liquibase.default-schema=public",
				"spring.datasource.url=%s".formatted(withPath(this.server.url())));

		Greeter.assertAJobRuns(migrated);
		Greeter.assertAJobRuns(migrated);
	}

	private static String withPath(String url) {
		return url + (url.contains("?") ? "&" : "?") + "currentSchema=q,public";
	}

	@Test
	void withoutTheFilesOfQTheStartFailsUntilTheyAreThere() {
		this.withOwnTables.run((context) -> assertThat(context.getStartupFailure())
			.hasRootCauseInstanceOf(PostgresServerException.class)
			.rootCause()
			.hasMessageContainingAll("Schema \"q\"", "holds no tables of Q", "dev/q/store/jdbc/schema"));

		Greeter.assertAJobRuns(this.withQ);
	}

}
