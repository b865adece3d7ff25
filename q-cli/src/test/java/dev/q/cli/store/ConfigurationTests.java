package dev.q.cli.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.test.server.postgres.PostgresServer;
import dev.q.test.server.postgres.PostgresServers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationTests {

	@TempDir
	private Path directory;

	@AutoClose
	private final Place redis = Place.on(Kind.REDIS);

	@BeforeEach
	void storeAJob() {
		this.redis.jobs().enqueue("mail", 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application.properties", "a, b;c*d e%20.properties" })
	void aFileOfPropertiesUnderAnyNameIsRead(String name) throws IOException {
		Path file = write(name,
				"q.store=redis\nq.redis.namespace=%s\nspring.data.redis.url=%s\n".formatted(namespace(), url()));

		requireTheJob(run(Map.of(), "stats", "--config", file.toString()));
	}

	@Test
	void profilesChooseDocumentsAndFilesBesides() throws IOException {
		Path file = write("application.yml", """
				q: { store: redis, redis: { namespace: nobody } }
				---
				spring.config.activate.on-profile: live
				q.redis.namespace: ${SPACE:none}
				""");
		write("application-far.yml", "spring.data.redis.url: " + url());

		Run run = run(Map.of("SPACE", namespace()), "stats", "--config", file.toString(), "--profile", "live,far");
		requireTheJob(run);
		requireTheJob(run(Map.of("SPACE", namespace(), "SPRING_PROFILES_ACTIVE", "live,far"), "stats", "--config",
				file.toString()));
	}

	@Test
	void argumentsGoBeforeTheEnvironmentAndThatBeforeFiles() throws IOException {
		Path file = write("application.yml", "q: { store: postgres, redis: { namespace: file } }");
		Map<String, String> environment = Map.of("Q_STORE", "memory", "Q_REDIS_NAMESPACE", "environment",
				"SPRING_DATA_REDIS_SENTINEL_MASTER", "m", "SPRING_DATA_REDIS_SENTINEL_NODES", "nowhere:1");

		requireTheJob(
				run(environment, "stats", "--config", file.toString(), "--url", url(), "--namespace", namespace()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Q_STORES_JOBSINPOSTGRES_POSTGRES_SCHEMA", "q_stores_jobsinpostgres_postgres_schema",
			"Q_STORES_JOBSINPOSTGRES_POSTGRES_schema" })
	void storesOfTwoKindsAreUsedAsOne(String relaxed) {
		try (Place postgres = Place.on(Kind.POSTGRES)) {
			Map<String, String> environment = new HashMap<>(postgres.environment());
			environment.putAll(this.redis.environment());
			environment.put("Q_STORES_JOBSINPOSTGRES_STORE", "postgres");
			environment.put("Q_STORES_JOBSINPOSTGRES_QUEUES", "audit,books");
			environment.put(relaxed, postgres.environment().get("Q_POSTGRES_SCHEMA"));
			environment.put("Q_STORES_INSIDE_BEAN", "someBean");
			environment.put("Q_STORES_INSIDE_QUEUES", "inside");

			Run stored = run(environment, "enqueue", "note", "--queue", "books");
			Run stats = run(environment, "stats");

			assertThat(stored.code()).isZero();
			assertThat(stats.err().lines()).singleElement().asString().contains("inside");
			assertThat(stats.out()).containsPattern("books +1").containsPattern("default +1");
			assertThat(postgres.q("stats").out()).contains("books");
			assertThat(this.redis.q("stats").out()).doesNotContain("books");
		}
	}

	@Test
	void aLoginOfThePoolCountsAsInAnApplication() {
		PostgresServer server = PostgresServers.shared();
		try (Place postgres = Place.on(Kind.POSTGRES)) {
			Map<String, String> environment = new HashMap<>(postgres.environment());
			environment.put("SPRING_DATASOURCE_USERNAME", "nobody");
			environment.put("SPRING_DATASOURCE_HIKARI_USERNAME", server.user());

			Run run = run(environment, "stats");

			assertThat(run.err()).isEmpty();
			assertThat(run.code()).isZero();
		}
	}

	private Path write(String name, String text) throws IOException {
		return Files.writeString(this.directory.resolve(name), text);
	}

	private String url() {
		return this.redis.environment().get("SPRING_DATA_REDIS_URL");
	}

	private String namespace() {
		return this.redis.environment().get("Q_REDIS_NAMESPACE");
	}

	private static void requireTheJob(Run run) {
		assertThat(run.err()).isEmpty();
		assertThat(run.lines()).hasSize(2).last().asString().matches("default +1 .*");
		assertThat(run.code()).isZero();
	}

	private static Run run(Map<String, String> environment, String... args) {
		return Place.run(environment, new ByteArrayInputStream(new byte[0]), args);
	}

}
