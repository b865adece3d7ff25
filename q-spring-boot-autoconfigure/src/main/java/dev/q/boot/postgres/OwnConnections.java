package dev.q.boot.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Supplier;

import org.postgresql.Driver;
import org.postgresql.PGProperty;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connections beside all pools. The login is asked for each time: it may change.
 */
final class OwnConnections extends AbstractDataSource {

	private static final String NAME = "q-listener";

	private final Supplier<Login> logins;

	private final Duration timeout;

	OwnConnections(Supplier<Login> logins, Duration timeout) {
		this.logins = logins;
		this.timeout = timeout;
	}

	@Override
	public Connection getConnection() throws SQLException {
		Login login = this.logins.get();
		Properties properties = new Properties();
		PGProperty.APPLICATION_NAME.set(properties, NAME);
		PGProperty.TCP_KEEP_ALIVE.set(properties, true);
		PGProperty.LOGIN_TIMEOUT.set(properties, Math.toIntExact(this.timeout.toSeconds()));
		properties.putAll(login.properties());
		Connection connection = new Driver().connect(login.url(), properties);
		if (connection == null) {
			throw new SQLException("This is no address of PostgreSQL: " + login);
		}
		return connection;
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		throw new SQLException("These connections have one login");
	}

}
