package dev.q.store.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * Looks whether a server, and a user, can be used at all.
 *
 * @param connection a connection to the server
 */
record ServerCheck(Connection connection) {

	private static final int OLDEST_SERVER = 14;

	/** The history is only read, and that has been done before. */
	private static final String LACKING_RIGHTS = """
			with n as (select oid from pg_namespace where nspname = ?),
			lacking (object, what) as (
				select c.relname::text, r.what
					from n join pg_class c on c.relnamespace = n.oid
						cross join (values ('select'), ('insert'), ('update'), ('delete')) r (what)
					where c.relkind = 'r' and c.relname like 'q\\_%' and c.relname <> 'q_history'
						and not has_table_privilege(c.oid, r.what)
				union all
				select c.relname::text, 'select'
					from n join pg_class c on c.relnamespace = n.oid
					where c.relkind = 'v' and c.relname like 'q\\_%' and not has_table_privilege(c.oid, 'select')
				union all
				select c.relname::text, r.what
					from n join pg_class c on c.relnamespace = n.oid cross join (values ('select'), ('usage')) r (what)
					where c.relkind = 'S' and c.relname like 'q\\_%' and not has_sequence_privilege(c.oid, r.what)
				union all
				select p.proname::text, 'execute'
					from n join pg_proc p on p.pronamespace = n.oid
					where p.proname like 'q\\_%' and not has_function_privilege(p.oid, 'execute'))
			select string_agg(what || ' on ' || object, ', ' order by object, what) from lacking
			""";

	/**
	 * Looks at the server.
	 * @throws PostgresServerException if it is no PostgreSQL, too old, or takes no writes
	 */
	void requireUsable() throws SQLException {
		DatabaseMetaData server = this.connection.getMetaData();
		if (!"PostgreSQL".equals(server.getDatabaseProductName())) {
			throw new PostgresServerException(
					"Q needs PostgreSQL, but the database of this DataSource is %s. Give Q a DataSource of PostgreSQL"
						.formatted(server.getDatabaseProductName()));
		}
		if (server.getDatabaseMajorVersion() < OLDEST_SERVER) {
			throw new PostgresServerException("Q needs PostgreSQL %d or later, but this server is %s. Upgrade it"
				.formatted(OLDEST_SERVER, server.getDatabaseProductVersion()));
		}
		if ("on".equals(value("show transaction_read_only"))) {
			throw new PostgresServerException(
					"PostgreSQL takes no writes. It is a replica, or set to read only: connect to the primary");
		}
	}

	/**
	 * Looks at what the user may do in the schema.
	 * @throws PostgresServerException if that is less than what Q does
	 */
	void requireRights(String schema) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(LACKING_RIGHTS)) {
			statement.setString(1, schema);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				String lacking = row.getString(1);
				if (lacking != null) {
					throw new PostgresServerException(
							"User %s may not do what Q needs in schema \"%s\" of PostgreSQL: it lacks %s. Give it the rights in docs/postgres.md"
								.formatted(value("select current_user"), schema, lacking));
				}
			}
		}
	}

	private @Nullable String value(String query) throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
			return row.next() ? row.getString(1) : null;
		}
	}

}
