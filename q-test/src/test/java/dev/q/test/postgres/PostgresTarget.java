package dev.q.test.postgres;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.q.test.server.postgres.PostgresServer;
import dev.q.test.server.postgres.PostgresServers;
import dev.q.test.server.postgres.PostgresSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Where a store is tested: a server, one pool of connections to it for all tests, and
 * connections beside the pool.
 *
 * @param server the server
 * @param pool connections that are shared
 * @param single connections that are made anew each time
 */
record PostgresTarget(PostgresServer server, DataSource pool, DataSource single) {

	private static final int CONNECTIONS = 24;

	private static final Map<PostgresServer, PostgresTarget> TARGETS = new ConcurrentHashMap<>();

	static PostgresTarget shared() {
		return of(PostgresServers.shared());
	}

	static PostgresTarget shared(PostgresSource source) {
		return of(PostgresServers.shared(source));
	}

	static PostgresTarget of(PostgresServer server) {
		return TARGETS.computeIfAbsent(server, PostgresTarget::open);
	}

	private static PostgresTarget open(PostgresServer server) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(server.url());
		config.setUsername(server.user());
		config.setPassword(server.password());
		config.setMaximumPoolSize(CONNECTIONS);
		config.setMinimumIdle(0);
		return new PostgresTarget(server, new HikariDataSource(config),
				new DriverManagerDataSource(server.url(), server.user(), server.password()));
	}

}
