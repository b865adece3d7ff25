package dev.q.test.server.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

import dev.q.test.server.Surroundings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PgBouncerTests {

	private static final String BINARIES = "dev.q.test.server.postgres.PostgresServers#binaries";

	@TempDir
	private Path folder;

	@ParameterizedTest
	@MethodSource(BINARIES)
	void twoClientsShareOneConnectionByTurnsOfATransaction(PostgresSource source) throws SQLException {
		PostgresServer server = PostgresServers.shared(source);
		try (PgBouncer bouncer = PgBouncer.over(server, Map.of("default_pool_size", "1"));
				Connection one = bouncer.server().connect();
				Connection other = bouncer.server().connect()) {
			String backend = backendOf(one);

			assertThat(backendOf(other)).isEqualTo(backend);
			assertThat(backendOf(one)).isEqualTo(backend);
			assertThat(bouncer.server().port()).isNotEqualTo(server.port());
			assertThat(bouncer.server().version()).isEqualTo(server.version());
		}
	}

	@Test
	void itLeadsToTheDatabaseOfATest() {
		try (PostgresPlace place = PostgresServers.shared().freshDatabase();
				PgBouncer bouncer = PgBouncer.over(place.server())) {
			assertThat(bouncer.server().value("SELECT current_database()")).isEqualTo(place.name());
			assertThat(bouncer.url()).endsWith(place.name());
		}
	}

	@Test
	void anAddressThatNamesASchemaIsRefused() {
		try (PostgresPlace place = PostgresServers.shared().freshSchema();
				PgBouncer bouncer = PgBouncer.over(place.server())) {
			assertThatIllegalStateException().isThrownBy(() -> bouncer.server().value("SELECT 1"))
				.withStackTraceContaining("unsupported startup parameter: search_path");
		}
	}

	@Test
	void itFindsAServerThatCameBack() {
		try (PostgresProcess server = PostgresServers.start(Map.of());
				PgBouncer bouncer = PgBouncer.over(server.server())) {
			assertThat(bouncer.server().value("SELECT 1")).isEqualTo("1");

			server.kill();
			server.start();

			assertThat(bouncer.server().value("SELECT 2")).isEqualTo("2");
		}
	}

	@Test
	void aWrongSettingIsTold() {
		PostgresServer server = PostgresServers.shared();

		assertThatIllegalStateException().isThrownBy(() -> PgBouncer.over(server, Map.of("pool_mode", "none")))
			.withMessageContaining("pool_mode");
	}

	@Test
	void itsLackSkipsATestButNotInCi() {
		Surroundings bare = new Surroundings((property) -> null, (variable) -> null, this.folder);
		Surroundings ci = new Surroundings((property) -> null,
				(variable) -> Optional.of("true").filter((value) -> "CI".equals(variable)).orElse(null), this.folder);

		assertThatExceptionOfType(TestAbortedException.class).isThrownBy(() -> PgBouncer.demand(bare, this.folder))
			.withMessageContaining("apt-get install pgbouncer");
		assertThatIllegalStateException().isThrownBy(() -> PgBouncer.demand(ci, this.folder));
	}

	private static String backendOf(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
			assertThat(rows.next()).isTrue();
			return rows.getString(1);
		}
	}

}
