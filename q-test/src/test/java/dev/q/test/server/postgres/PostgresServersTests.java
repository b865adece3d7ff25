package dev.q.test.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

class PostgresServersTests {

	private static final String BINARIES = "dev.q.test.server.postgres.PostgresServers#binaries";

	@Test
	void theSharedServerAnswersAndStaysTheSame() {
		PostgresServer server = PostgresServers.shared();

		assertThat(server.value("SELECT 1")).isEqualTo("1");
		assertThat(PostgresServers.shared()).isSameAs(server);
		assertThat(PostgresServers.shared(server.source())).isSameAs(server);
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void theProgramsGiveASharedServer(PostgresSource source) {
		PostgresServer server = PostgresServers.shared(source);

		assertThat(server.source()).isEqualTo(source);
		assertThat(server.url()).isEqualTo("jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.port()));
		assertThat(server)
			.hasToString("PostgreSQL %s (%s) on port %d".formatted(server.version(), source, server.port()));
		assertThat(server.value("SHOW server_version")).startsWith(server.version());
		assertThat(server.value("SHOW fsync")).isEqualTo("off");
		assertThat(server.value("SHOW max_prepared_transactions")).isEqualTo("10");
	}

	@Test
	void theArtifactsAreTheOldestAndTheNewestThatArePromised() {
		assertThat(PostgresServers.shared(PostgresSource.ARTIFACT14).version()).startsWith("14.");
		assertThat(PostgresServers.shared(PostgresSource.ARTIFACT18).version()).startsWith("18.");
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void schemasKeepTestsApart(PostgresSource source) throws SQLException {
		PostgresServer server = PostgresServers.shared(source);
		String left = "SELECT count(*) FROM pg_namespace WHERE nspname = '%s'";
		String name;

		try (PostgresPlace one = server.freshSchema(); PostgresPlace other = server.freshSchema()) {
			name = one.name();
			one.server().execute("CREATE TABLE t AS SELECT 7 AS n");

			try (Connection connection = one.connect()) {
				assertThat(connection.getSchema()).isEqualTo(name);
			}
			assertThat(one.server().value("SELECT n FROM t")).isEqualTo("7");
			assertThatIllegalStateException().isThrownBy(() -> other.server().value("SELECT n FROM t"))
				.withRootCauseInstanceOf(SQLException.class);
			assertThat(server.value(left.formatted(name))).isEqualTo("1");
		}

		assertThat(server.value(left.formatted(name))).isEqualTo("0");
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aDatabaseIsDroppedAlthoughSomebodyIsConnected(PostgresSource source) throws SQLException {
		PostgresServer server = PostgresServers.shared(source);
		PostgresPlace place = server.freshDatabase();
		assertThat(place.server().value("SELECT current_database()")).isEqualTo(place.name());

		try (Connection connection = place.connect()) {
			place.close();

			assertThat(connection.isValid(10)).isFalse();
		}
		assertThat(server.value("SELECT count(*) FROM pg_database WHERE datname = '%s'".formatted(place.name())))
			.isEqualTo("0");
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aKilledServerComesBackWithWhatWasCommitted(PostgresSource source) throws SQLException {
		try (PostgresProcess server = PostgresServers.startFrom(source, Map.of("fsync", "on"))) {
			long pid = server.pid();
			server.server().execute("CREATE TABLE kept AS SELECT 'yes' AS it");
			try (Connection open = server.server().connect(); Statement statement = open.createStatement()) {
				open.setAutoCommit(false);
				statement.execute("INSERT INTO kept VALUES ('no')");

				server.kill();
			}
			assertThat(server.isAlive()).isFalse();
			assertThat(ProcessHandle.of(pid)).isEmpty();
			assertThatExceptionOfType(SQLException.class).isThrownBy(server.server()::connect);

			server.start();

			assertThat(server.pid()).isNotEqualTo(pid);
			assertThat(server.server().value("SELECT string_agg(it, ',') FROM kept")).isEqualTo("yes");
			assertThat(server.server().value("SHOW full_page_writes")).isEqualTo("on");
			assertThat(server.log()).contains("was not properly shut down");
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aStoppedServerEndsInOrderAlthoughSomebodyIsConnected(PostgresSource source) throws SQLException {
		try (PostgresProcess server = PostgresServers.startFrom(source, Map.of());
				Connection connection = server.server().connect()) {
			server.stop();

			assertThat(server.isAlive()).isFalse();
			assertThat(server.log()).contains("received fast shutdown request", "database system is shut down");
			assertThat(connection.isValid(10)).isFalse();
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void settingsHoldAndCanBeChangedByARestart(PostgresSource source) {
		Map<String, String> settings = Map.of("max_connections", "30", "autovacuum", "off", "cluster_name", "it's");
		try (PostgresProcess process = PostgresServers.startFrom(source, settings)) {
			PostgresServer server = process.server();
			assertThat(server.value("SHOW max_connections")).isEqualTo("30");
			assertThat(server.value("SHOW autovacuum")).isEqualTo("off");
			assertThat(server.value("SHOW cluster_name")).isEqualTo("it's");

			server.execute("ALTER SYSTEM SET max_connections = 40");
			process.restart();

			assertThat(server.value("SHOW max_connections")).isEqualTo("40");
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aServerThatDoesNotStartSaysWhy(PostgresSource source) {
		assertThatIllegalStateException()
			.isThrownBy(() -> PostgresServers.startFrom(source, Map.of("no_such_setting", "1")))
			.withMessageContaining("unrecognized configuration parameter \"no_such_setting\"");
	}

	@Test
	void aClosedServerLeavesNothing() {
		PostgresProcess server = PostgresServers.start(Map.of());
		Path folder = server.folder();

		server.close();

		assertThat(server.isAlive()).isFalse();
		assertThat(folder).doesNotExist();
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aKilledServerLeavesNothing(PostgresSource source) throws IOException {
		Path segments = Path.of("/proc/sysvipc/shm");
		assumeThat(segments).exists();
		PostgresProcess server = PostgresServers.startFrom(source, Map.of());
		String segment = Files.readAllLines(server.folder().resolve("data/postmaster.pid")).get(6).strip();
		String number = segment.substring(segment.lastIndexOf(' ') + 1);
		Pattern line = Pattern.compile("(?m)^\\s*\\S+\\s+" + number + "\\s");
		assertThat(segments).content().containsPattern(line);

		server.kill();
		server.close();

		assertThat(server.folder()).doesNotExist();
		assertThat(segments).content().doesNotContainPattern(line);
	}

	@Test
	void aUrlGivesNoServersOfATestsOwn() {
		assertThatIllegalArgumentException().isThrownBy(() -> PostgresServers.binary(PostgresSource.URL).version())
			.withMessageContaining("'url'");
	}

}
