package dev.q.test.server.postgres;

import java.sql.SQLException;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PostgresReplicationTests {

	private static final String BINARIES = "dev.q.test.server.postgres.PostgresServers#binaries";

	private static final String READ_ONLY = "25006";

	@ParameterizedTest
	@MethodSource(BINARIES)
	void theReplicaShowsWhatThePrimaryHoldsAndRefusesChanges(PostgresSource source) {
		try (PostgresReplication pair = PostgresReplication.startFrom(source, Map.of())) {
			pair.primary().server().execute("CREATE TABLE t AS SELECT 7 AS n");
			pair.awaitReplay();

			PostgresServer replica = pair.replica().server();
			assertThat(replica.value("SELECT n FROM t")).isEqualTo("7");
			assertThat(replica.value("SELECT pg_is_in_recovery()")).isEqualTo("t");
			assertThatIllegalStateException().isThrownBy(() -> replica.execute("INSERT INTO t VALUES (8)"))
				.havingCause()
				.isInstanceOfSatisfying(SQLException.class, (ex) -> assertThat(ex.getSQLState()).isEqualTo(READ_ONLY));
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aKilledReplicaCatchesUp(PostgresSource source) {
		try (PostgresReplication pair = PostgresReplication.startFrom(source, Map.of())) {
			pair.replica().kill();
			pair.primary().server().execute("CREATE TABLE t AS SELECT 7 AS n");

			pair.replica().start();
			pair.awaitReplay();

			assertThat(pair.replica().server().value("SELECT n FROM t")).isEqualTo("7");
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void theReplicaTakesOverWithAllThatASynchronousPrimaryHadCommitted(PostgresSource source) {
		Map<String, String> settings = Map.of("synchronous_standby_names", PostgresReplication.REPLICA);
		try (PostgresReplication pair = PostgresReplication.startFrom(source, settings)) {
			PostgresServer primary = pair.primary().server();
			assertThat(primary.value("SELECT sync_state FROM pg_stat_replication")).isEqualTo("sync");
			primary.execute("CREATE TABLE t AS SELECT 7 AS n");
			pair.primary().kill();

			PostgresServer promoted = pair.promoteReplica().server();

			// Nobody follows the new one.
			promoted.execute("ALTER SYSTEM SET synchronous_standby_names = ''");
			promoted.execute("SELECT pg_reload_conf()");
			promoted.execute("INSERT INTO t VALUES (8)");
			assertThat(promoted.value("SELECT sum(n) FROM t")).isEqualTo("15");
		}
	}

}
