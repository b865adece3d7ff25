package dev.q.test.server.postgres;

import java.time.Duration;
import java.util.Map;

import dev.q.test.server.Patience;

/**
 * A primary and its replica, which answers queries and refuses changes. After a promotion
 * {@link #primary} and {@link #replica} still name the servers by the roles in which they
 * started.
 *
 * @since 0.1
 */
public final class PostgresReplication implements AutoCloseable {

	/**
	 * The name of the replica for {@code synchronous_standby_names}, with which commits
	 * wait for it.
	 */
	public static final String REPLICA = "replica";

	private static final Duration TO_FOLLOW = Duration.ofMinutes(1);

	private static final String LINK = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'";

	private final PostgresProcess primary;

	private final PostgresProcess replica;

	private PostgresReplication(PostgresProcess primary, PostgresProcess replica) {
		this.primary = primary;
		this.replica = replica;
	}

	/**
	 * Starts both and waits until the replica follows.
	 * @param settings further settings of both
	 * @return the pair, to be closed
	 * @throws IllegalStateException if they do not come together
	 * @see PostgresServers#start
	 */
	public static PostgresReplication start(Map<String, String> settings) {
		return startFrom(PostgresServers.chosenBinary(), settings);
	}

	/**
	 * Starts both from a source and waits until the replica follows.
	 * @param source the machine's programs or an artifact
	 * @param settings further settings of both
	 * @return the pair, to be closed
	 * @throws IllegalStateException if they do not come together
	 */
	public static PostgresReplication startFrom(PostgresSource source, Map<String, String> settings) {
		PostgresBinary binary = PostgresServers.binary(source);
		// Enough for a replica that was down to find all it missed.
		PostgresSettings both = PostgresSettings.of(settings).with("wal_keep_size", "1GB");
		PostgresProcess primary = binary.start(both);
		try {
			PostgresReplication pair = new PostgresReplication(primary,
					binary
						.startReplica(both.with("primary_conninfo", "host=127.0.0.1 port=%d user=%s application_name=%s"
							.formatted(primary.port(), PostgresBinary.USER, REPLICA))));
			pair.awaitLink();
			return pair;
		}
		catch (IllegalStateException ex) {
			primary.close();
			throw ex;
		}
	}

	/**
	 * The server that began as the primary.
	 * @return a server that can be killed
	 */
	public PostgresProcess primary() {
		return this.primary;
	}

	/**
	 * The server that began as the replica.
	 * @return a server that can be killed
	 */
	public PostgresProcess replica() {
		return this.replica;
	}

	/**
	 * Waits until the replica follows the primary.
	 * @throws IllegalStateException if that takes more than a minute
	 */
	public void awaitLink() {
		Patience.until("%s follows %s".formatted(this.replica.server(), this.primary.server()), TO_FOLLOW,
				() -> "1".equals(this.primary.server().value(LINK)));
	}

	/**
	 * Waits until the replica shows all that the primary holds now.
	 * @throws IllegalStateException if that takes more than a minute
	 */
	public void awaitReplay() {
		String here = this.primary.server().value("SELECT pg_current_wal_insert_lsn()");
		String reached = "SELECT pg_last_wal_replay_lsn() >= '%s'".formatted(here);
		Patience.until("%s has %s".formatted(this.replica.server(), here), TO_FOLLOW,
				() -> "t".equals(this.replica.server().value(reached)));
	}

	/**
	 * Makes the replica a primary. The old one is left as it is, so kill it before if it
	 * should be gone.
	 * @return the new primary
	 */
	public PostgresProcess promoteReplica() {
		if (!"t".equals(this.replica.server().value("SELECT pg_promote()"))) {
			throw new IllegalStateException(
					"%s stays a replica:\n%s".formatted(this.replica.server(), this.replica.log()));
		}
		return this.replica;
	}

	@Override
	public void close() {
		this.replica.close();
		this.primary.close();
	}

}
