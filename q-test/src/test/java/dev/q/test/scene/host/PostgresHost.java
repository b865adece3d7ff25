package dev.q.test.scene.host;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import dev.q.store.JobStore;
import dev.q.store.jdbc.PostgresSchema;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.test.server.postgres.PostgresProcess;
import dev.q.test.server.postgres.PostgresServer;
import dev.q.test.server.postgres.PostgresServers;
import dev.q.test.server.postgres.PostgresSource;

/**
 * A PostgreSQL that syncs what is committed, and one pool of connections to it for the
 * stores of this process.
 *
 * @param server the server
 * @param pool as an application has it
 * @since 0.1
 */
public record PostgresHost(PostgresProcess server, HikariDataSource pool) implements Host {

	/**
	 * Starts a server and installs the schema.
	 * @param source where the server comes from
	 * @param settings of the server, beside {@code fsync}
	 * @return the host, to be closed
	 */
	public static PostgresHost start(PostgresSource source, Map<String, String> settings) {
		Map<String, String> all = new HashMap<>(settings);
		all.put("fsync", "on");
		PostgresProcess server = PostgresServers.startFrom(source, all);
		HikariDataSource pool = pool(address(server.server()));
		new PostgresSchema(pool, PostgresSettings.DEFAULT).migrate();
		return new PostgresHost(server, pool);
	}

	/**
	 * Opens a pool as an application has it. Whoever wants a connection of a server that
	 * is down learns that soon.
	 * @param url where the server is
	 * @return the pool, to be closed
	 */
	public static HikariDataSource pool(String url) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(url);
		pool.setConnectionTimeout(TimeUnit.SECONDS.toMillis(2));
		return pool;
	}

	private static String address(PostgresServer server) {
		return "%s?user=%s&password=%s".formatted(server.url(), server.user(), server.password());
	}

	@Override
	public String address() {
		return address(this.server.server());
	}

	@Override
	public JobStore open() {
		return Stores.open(address(), this.pool);
	}

	@Override
	public long pid() {
		return this.server.pid();
	}

	@Override
	public void kill() {
		this.server.kill();
	}

	@Override
	public void restart() {
		this.server.restart();
	}

	/**
	 * That of HikariCP, which cannot be set.
	 */
	@Override
	public Duration longestPause() {
		return Duration.ofSeconds(5);
	}

	/**
	 * Claims do not wait for the disk.
	 */
	@Override
	public boolean remembersClaims() {
		return false;
	}

	@Override
	public void close() {
		this.pool.close();
		this.server.close();
	}

	/**
	 * A PostgreSQL of some version.
	 *
	 * @param source where it comes from
	 */
	public record Kind(PostgresSource source) implements Host.Kind {

		@Override
		public PostgresHost start() {
			return PostgresHost.start(this.source, Map.of());
		}

		@Override
		public String toString() {
			return "PostgreSQL (%s)".formatted(this.source);
		}

	}

}
