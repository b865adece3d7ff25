package dev.q.cli.migrate;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;

import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.test.server.postgres.PostgresPlace;
import dev.q.test.server.postgres.PostgresServer;
import dev.q.test.server.postgres.PostgresServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MigrateCommandTests {

	private static final String STEPS = "V1_1__q_tables.sql, .*, V1_8__q_unique.sql";

	private PostgresPlace database;

	@BeforeEach
	void makeADatabase() {
		this.database = PostgresServers.shared().freshDatabase();
	}

	@AfterEach
	void dropIt() {
		this.database.close();
	}

	@Test
	void theSchemaIsMadeOnceAndThenNothingIsMissing() {
		Run dry = q("migrate", "--dry-run");
		assertThat(dry.lines()).singleElement()
			.asString()
			.matches("q.store, PostgreSQL with schema q: would run " + STEPS);
		assertThat(schemas()).isEqualTo("0");

		Run made = q("migrate");
		Run again = q("migrate");
		Run json = q("migrate", "--json", "--dry-run");

		assertThat(made.err()).isEmpty();
		assertThat(made.lines()).singleElement().asString().matches("q.store, PostgreSQL with schema q: ran " + STEPS);
		assertThat(made.code()).isZero();
		assertThat(again.lines()).containsExactly("q.store, PostgreSQL with schema q: nothing is missing");
		assertThat(json.json().path("stores").path(0).path("steps").size()).isZero();
		assertThat(json.json().path("dryRun").booleanValue()).isTrue();
		assertThat(q("stats").code()).isZero();
	}

	@Test
	void aSchemaOfAnEarlierVersionGetsWhatItLacks() {
		q("migrate");
		this.database.server().execute("delete from q.q_history where step = 8");
		this.database.server()
			.execute("do $$ declare f regprocedure; begin for f in select p.oid::regprocedure from pg_proc p "
					+ "where pronamespace = 'q'::regnamespace and proname like '%unique%' loop "
					+ "execute 'drop function ' || f || ' cascade'; end loop; end $$");

		Run stats = q("stats");
		Run print = q("migrate", "--print", "--dry-run");

		assertThat(stats.code()).isOne();
		assertThat(stats.err().lines()).singleElement().asString().contains("V1_8__q_unique.sql");
		assertThat(print.out()).contains("set local search_path = \"q\", pg_temp", "-- V1_8__q_unique.sql")
			.doesNotContain("V1_7");
	}

	@Test
	void whatIsPrintedMakesTheSchemaWhenSomebodyElseRunsIt() {
		Run unreachable = run(Map.of("Q_STORE", "postgres", "SPRING_DATASOURCE_URL", "jdbc:postgresql://localhost:1/x"),
				"migrate", "--print", "--schema", "jobs");
		assertThat(unreachable.code()).isZero();
		assertThat(unreachable.out())
			.startsWith("-- q.store, PostgreSQL with schema jobs: here are V1_1__q_tables.sql");

		this.database.server().execute(unreachable.out());

		assertThat(q("migrate", "--schema", "jobs").lines())
			.containsExactly("q.store, PostgreSQL with schema jobs: nothing is missing");
		assertThat(q("enqueue", "mail", "--schema", "jobs").code()).isZero();
	}

	@Test
	void eachStoreOfTheConfigurationIsMigrated() {
		try (Place redis = Place.on(Kind.REDIS)) {
			Map<String, String> environment = new HashMap<>(environment());
			environment.putAll(redis.environment());
			environment.put("Q_STORES_AUDIT_STORE", "postgres");
			environment.put("Q_STORES_AUDIT_QUEUES", "audit");
			environment.put("Q_STORES_AUDIT_POSTGRES_SCHEMA", "audit");
			environment.put("Q_STORES_LOCAL_STORE", "memory");
			environment.put("Q_STORES_LOCAL_QUEUES", "local");

			Run run = run(environment, "migrate");

			assertThat(run.code()).isZero();
			assertThat(run.err().lines())
				.containsExactly("q.stores.local is inside the application, and is left alone");
			assertThat(run.lines().get(0)).matches("q.store, Redis with namespace cli-.*: there is nothing to migrate");
			assertThat(run.lines().get(1)).matches("q.stores.audit, PostgreSQL with schema audit: ran " + STEPS);
		}
	}

	@Test
	void aNewerLayoutAndMissingRightsAreSaidInOneLine() {
		q("migrate");
		PostgresServer server = this.database.server();
		String role = "poor_" + this.database.name();
		server.execute("create role %s login password 'x'".formatted(role));
		try {
			Run poor = q("migrate", "--schema", "other", "--user", role);
			assertThat(poor.code()).isOne();
			assertThat(poor.err().lines()).singleElement().asString().contains("permission denied", "docs/postgres.md");
		}
		finally {
			server.execute("drop role " + role);
		}
		server.execute("insert into q.q_history (layout, step) values (2, 9)");

		Run newer = q("migrate");

		assertThat(newer.code()).isOne();
		assertThat(newer.err().lines()).singleElement().asString().contains("has layout 2", "knows 1 at most");
	}

	@Test
	void aStoreInMemoryHasNothingToMigrate() {
		Run run = run(Map.of(), "migrate");

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err().lines()).singleElement().asString().contains("--url");
	}

	private String schemas() {
		return this.database.server().value("select count(*) from pg_namespace where nspname = 'q'");
	}

	private Map<String, String> environment() {
		PostgresServer server = this.database.server();
		return Map.of("Q_STORE", "postgres", "SPRING_DATASOURCE_URL", server.url(), "SPRING_DATASOURCE_USERNAME",
				server.user(), "SPRING_DATASOURCE_PASSWORD", server.password());
	}

	private Run q(String... args) {
		return run(environment(), args);
	}

	private static Run run(Map<String, String> environment, String... args) {
		return Place.run(environment, new ByteArrayInputStream(new byte[0]), args);
	}

}
