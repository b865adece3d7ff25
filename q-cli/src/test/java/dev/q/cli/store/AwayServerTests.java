package dev.q.cli.store;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;

import dev.q.cli.Place;
import dev.q.cli.Place.Run;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import dev.q.test.server.postgres.PostgresPlace;
import dev.q.test.server.postgres.PostgresServer;
import dev.q.test.server.postgres.PostgresServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a server does not grant is said in one line, with exit code 1. A stack trace comes
 * only when it is asked for, a password never.
 */
class AwayServerTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					redis    | SPRING_DATA_REDIS_URL | redis://:s3cret@localhost:1                     | Redis
					postgres | SPRING_DATASOURCE_URL | jdbc:postgresql://localhost:1/x?password=s3cret | PostgreSQL at jdbc:postgresql://localhost:1/x cannot be reached
					""")
	void aServerThatIsAway(String store, String name, String url, String said) {
		Map<String, String> environment = Map.of("Q_STORE", store, name, url);

		Run run = run(environment, "stats");
		Run verbose = run(environment, "stats", "--verbose");

		requireFailure(run, said);
		assertThat(verbose.code()).isOne();
		assertThat(verbose.err()).contains("\n    at dev.q.").doesNotContain("s3cret");
	}

	@Test
	void aPasswordThatRedisDoesNotTake() throws Exception {
		try (RedisProcess server = RedisServers.start("requirepass right")) {
			Map<String, String> environment = Map.of("SPRING_DATA_REDIS_PASSWORD", "s3cret");
			String url = "redis://localhost:" + server.server().port();

			requireFailure(run(environment, "stats", "--url", url), "Redis");
			assertThat(run(Map.of("SPRING_DATA_REDIS_PASSWORD", "right"), "stats", "--url", url).code()).isZero();
		}
	}

	/** Such a server repeats what it was sent. */
	@Test
	void aPasswordForAServerThatKnowsNone() {
		try (RedisProcess server = RedisServers.start("rename-command AUTH \"\"", "rename-command HELLO \"\"")) {
			Map<String, String> environment = Map.of("SPRING_DATA_REDIS_PASSWORD", "s3cret");

			Run run = run(environment, "stats", "--url", server.url());
			Run verbose = run(environment, "stats", "--verbose", "--url", server.url());

			requireFailure(run, "unknown command");
			assertThat(verbose.err()).doesNotContain("s3cret");
		}
	}

	@Test
	void aUserAndASchemaThatPostgresDoesNotKnow() {
		try (PostgresPlace database = PostgresServers.shared().freshDatabase()) {
			PostgresServer server = database.server();
			Map<String, String> environment = new HashMap<>(Map.of("SPRING_DATASOURCE_PASSWORD", server.password()));

			requireFailure(run(environment, "stats", "--url", server.url(), "--user", "no_such_user"), "no_such_user");
			requireFailure(
					run(environment, "stats", "--url", server.url(), "--user", server.user(), "--schema", "jbos"),
					"Schema \"jbos\"");

			assertThat(server.value("select count(*) from pg_namespace where nspname = 'jbos'")).isEqualTo("0");
		}
	}

	private static void requireFailure(Run run, String said) {
		assertThat(run.err().lines()).singleElement()
			.asString()
			.startsWith("q: ")
			.contains(said)
			.doesNotContain("s3cret");
		assertThat(run.out()).isEmpty();
		assertThat(run.code()).isOne();
	}

	private static Run run(Map<String, String> environment, String... args) {
		return Place.run(environment, new ByteArrayInputStream(new byte[0]), args);
	}

}
