package dev.q.test.server.postgres;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A schema or a database of a test's own, which is dropped at the end with all it holds.
 *
 * @since 0.1
 */
public final class PostgresPlace implements AutoCloseable {

	private static final AtomicInteger NEXT = new AtomicInteger();

	// Several builds can share a server, so a number is not enough.
	private static final String PREFIX = "test_%s_%d_".formatted(born(), ProcessHandle.current().pid());

	private final String name;

	private final PostgresServer outside;

	private final PostgresServer inside;

	private final String drop;

	private PostgresPlace(String name, PostgresServer outside, PostgresServer inside, String drop) {
		this.name = name;
		this.outside = outside;
		this.inside = inside;
		this.drop = drop;
	}

	static PostgresPlace schemaOn(PostgresServer server) {
		String name = PREFIX + NEXT.getAndIncrement();
		server.execute("CREATE SCHEMA " + name);
		String more = (server.uri().getQuery() != null) ? "&" : "?";
		return new PostgresPlace(name, server, server.through(server.url() + more + "currentSchema=" + name),
				"DROP SCHEMA %s CASCADE".formatted(name));
	}

	static PostgresPlace databaseOn(PostgresServer server) {
		String name = PREFIX + NEXT.getAndIncrement();
		server.execute("CREATE DATABASE " + name);
		URI uri = server.uri();
		String query = Optional.ofNullable(uri.getRawQuery()).map("?"::concat).orElse("");
		return new PostgresPlace(name, server,
				server.through("jdbc:postgresql://%s/%s%s".formatted(uri.getRawAuthority(), name, query)),
				"DROP DATABASE %s WITH (FORCE)".formatted(name));
	}

	/**
	 * Its name.
	 * @return a name that needs no quotes
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The server whose connections begin in this place.
	 * @return the server at another address
	 */
	public PostgresServer server() {
		return this.inside;
	}

	/**
	 * The address for JDBC of connections that begin in this place.
	 * @return the address
	 */
	public String url() {
		return this.inside.url();
	}

	/**
	 * Opens a connection that begins in this place.
	 * @return the connection, to be closed
	 * @throws SQLException if nobody answers, or the server refuses
	 */
	public Connection connect() throws SQLException {
		return this.inside.connect();
	}

	private static String born() {
		return ProcessHandle.current()
			.info()
			.startInstant()
			.map((time) -> Long.toString(time.toEpochMilli(), Character.MAX_RADIX))
			.orElse("jvm");
	}

	/**
	 * Drops it with all it holds. Connections to a database are ended.
	 */
	@Override
	public void close() {
		this.outside.execute(this.drop);
	}

	@Override
	public String toString() {
		return "%s of %s".formatted(this.name, this.outside);
	}

}
