package dev.q.test.server.postgres;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that answers, and how to reach it.
 *
 * @param source where it comes from
 * @param version what it is, such as {@code 18.6}
 * @param url its address for JDBC, with a database
 * @param user who may do everything there
 * @param password the user's; any will do on servers that were started here
 * @since 0.1
 */
public record PostgresServer(PostgresSource source, String version, String url, String user, String password) {

	private static final Logger logger = LoggerFactory.getLogger("dev.q.test.server");

	private static final String JDBC = "jdbc:";

	private static final int USUAL_PORT = 5432;

	/**
	 * Asks a server elsewhere for its version.
	 */
	static PostgresServer at(PostgresSource source, String url, String user, String password) {
		PostgresServer server = new PostgresServer(source, "?", url, user, password);
		String version = String.valueOf(server.value("SHOW server_version"));
		return new PostgresServer(source, version.split(" ", 2)[0], url, user, password);
	}

	/**
	 * Where it runs.
	 * @return a name or an address
	 */
	public String host() {
		return uri().getHost();
	}

	/**
	 * Where it listens.
	 * @return the port
	 */
	public int port() {
		return (uri().getPort() != -1) ? uri().getPort() : USUAL_PORT;
	}

	/**
	 * Opens a connection.
	 * @return the connection, to be closed
	 * @throws SQLException if nobody answers, or the server refuses
	 */
	public Connection connect() throws SQLException {
		return DriverManager.getConnection(this.url, this.user, this.password);
	}

	/**
	 * Executes one statement over a connection of its own.
	 * @param sql the statement
	 * @throws IllegalStateException if nobody answers, or the server refuses
	 */
	public void execute(String sql) {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("%s: %s".formatted(this, sql), ex);
		}
	}

	/**
	 * Asks for one value over a connection of its own.
	 * @param sql the query
	 * @return the first column of the first row, or null if there is none
	 * @throws IllegalStateException if nobody answers, or the server refuses
	 */
	public @Nullable String value(String sql) {
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			return rows.next() ? rows.getString(1) : null;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("%s: %s".formatted(this, sql), ex);
		}
	}

	/**
	 * Makes a schema in this database. That is the fast way to keep tests apart.
	 * @return the schema, to be closed
	 */
	public PostgresPlace freshSchema() {
		return PostgresPlace.schemaOn(this);
	}

	/**
	 * Makes a database. It takes ten times as long as a schema.
	 * @return the database, to be closed
	 */
	public PostgresPlace freshDatabase() {
		return PostgresPlace.databaseOn(this);
	}

	/**
	 * The same database of the same server, through somebody who listens elsewhere.
	 */
	PostgresServer at(String otherHost, int otherPort) {
		String rest = this.url.substring(this.url.indexOf('/', this.url.indexOf("//") + 2));
		return through("jdbc:postgresql://%s:%d%s".formatted(otherHost, otherPort, rest));
	}

	/**
	 * The same server, at another address or place.
	 */
	PostgresServer through(String otherUrl) {
		return new PostgresServer(this.source, this.version, otherUrl, this.user, this.password);
	}

	/**
	 * Says that tests run on this server, so that a change of its source is seen: in the
	 * log, or on the terminal if the log would keep it to itself.
	 */
	PostgresServer announced() {
		if (logger.isInfoEnabled()) {
			logger.info("{}", this);
		}
		else {
			System.out.println(this);
		}
		return this;
	}

	URI uri() {
		return URI.create(this.url.substring(JDBC.length()));
	}

	/**
	 * Without the password.
	 */
	@Override
	public String toString() {
		return "PostgreSQL %s (%s) on port %d".formatted(this.version, this.source, port());
	}

}
