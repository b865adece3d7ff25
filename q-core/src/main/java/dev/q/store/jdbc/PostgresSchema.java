package dev.q.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import dev.q.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema of a {@link PostgresStore}: making it, and looking whether it is there.
 *
 * @since 0.1
 */
public final class PostgresSchema {

	private static final Logger logger = LoggerFactory.getLogger(PostgresSchema.class);

	/** Any number that others hardly lock. */
	private static final long LOCK = 0x7120_7363_6865_6d61L;

	private final DataSource source;

	private final PostgresSettings settings;

	/**
	 * Names a schema.
	 * @param source where the server is
	 * @param settings which schema
	 */
	public PostgresSchema(DataSource source, PostgresSettings settings) {
		this.source = source;
		this.settings = settings;
	}

	/**
	 * Does what the settings say.
	 */
	void prepare() {
		switch (this.settings.schemaManagement()) {
			case AUTO -> migrate();
			case VALIDATE -> validate();
			case NONE -> run((connection) -> new ServerCheck(connection).requireUsable());
		}
	}

	/**
	 * Makes the schema, or what this version of Q adds to one that an earlier version
	 * made, in one transaction. Of several nodes one does so, and the others wait for it.
	 * Nodes of the earlier version go on working.
	 * @return the files that were run for it, in their order; empty if nothing was
	 * missing
	 * @throws PostgresServerException if the server does not allow it, is older than
	 * PostgreSQL 14, takes no writes, or holds a layout that is newer than this version
	 * of Q; or if the schema is there but the user may not do all that is needed
	 * @throws StoreException if the server cannot be reached
	 */
	public List<String> migrate() {
		List<String> ran = new ArrayList<>();
		run((connection) -> {
			ServerCheck check = new ServerCheck(connection);
			check.requireUsable();
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				if (missing(statement).isEmpty()) {
					check.requireRights(this.settings.schema());
				}
				else {
					ran.addAll(make(statement));
				}
				connection.commit();
			}
			catch (SQLException | RuntimeException ex) {
				connection.rollback();
				throw ex;
			}
		});
		return List.copyOf(ran);
	}

	private List<String> make(Statement statement) throws SQLException {
		statement.execute("set local lock_timeout = '30s'");
		statement.execute("select pg_advisory_xact_lock(%d)".formatted(LOCK));
		if (!has(statement, "select 1 from pg_namespace where nspname = '%s'".formatted(this.settings.schema()))) {
			statement.execute("create schema \"%s\"".formatted(this.settings.schema()));
		}
		// Temporary tables would go first if they were not named.
		statement.execute("set local search_path = \"%s\", pg_temp".formatted(this.settings.schema()));
		List<String> scripts = missing(statement);
		for (String script : scripts) {
			statement.execute(SchemaScripts.read(script));
			logger.info("Ran {} of layout {} of Q in schema {} of PostgreSQL", script, SchemaScripts.LAYOUT,
					this.settings.schema());
		}
		return scripts;
	}

	/**
	 * What {@link #migrate} would run. Nothing is changed.
	 * @return the names of the files, in their order; empty if nothing is missing
	 * @throws PostgresServerException if the server cannot be used, or holds a layout
	 * that is newer than this version of Q; or if nothing is missing but the user may not
	 * do all that is needed
	 * @throws StoreException if the server cannot be reached
	 */
	public List<String> missing() {
		List<String> missing = new ArrayList<>();
		run((connection) -> {
			ServerCheck check = new ServerCheck(connection);
			check.requireUsable();
			try (Statement statement = connection.createStatement()) {
				missing.addAll(missing(statement));
			}
			if (missing.isEmpty()) {
				check.requireRights(this.settings.schema());
			}
		});
		return List.copyOf(missing);
	}

	/**
	 * All files that make a schema.
	 * @return their names, in the order in which they are run
	 */
	public static List<String> scripts() {
		return SchemaScripts.missing(Set.of());
	}

	/**
	 * What somebody else can run in the place of {@link #migrate}: a transaction that
	 * makes the schema, if it is not there, and runs files in it.
	 * @param settings which schema
	 * @param scripts names of the files, of {@link #scripts} or {@link #missing}
	 * @return a text for psql or any other tool
	 */
	public static String sql(PostgresSettings settings, List<String> scripts) {
		StringBuilder sql = new StringBuilder("""
				begin;
				create schema if not exists "%1$s";
				set local search_path = "%1$s", pg_temp;
				""".formatted(settings.schema()));
		scripts
			.forEach((script) -> sql.append("\n-- ").append(script).append("\n\n").append(SchemaScripts.read(script)));
		return sql.append("\ncommit;\n").toString();
	}

	/**
	 * Looks whether the schema is there and can be used.
	 * @throws PostgresServerException if it is missing wholly or in part, or of a layout
	 * that is newer than this version of Q, if the user may not do all that is needed, or
	 * if the server takes no writes
	 * @throws StoreException if the server cannot be reached
	 */
	public void validate() {
		run((connection) -> {
			ServerCheck check = new ServerCheck(connection);
			check.requireUsable();
			try (Statement statement = connection.createStatement()) {
				requireAll(missing(statement));
			}
			check.requireRights(this.settings.schema());
		});
	}

	private void requireAll(List<String> missing) {
		if (missing.contains(SchemaScripts.FIRST)) {
			throw new PostgresServerException(
					"Schema \"%s\" in PostgreSQL holds no tables of Q. Let Q make them with q.postgres.schema-management=auto, or run the files in dev/q/store/jdbc/schema"
						.formatted(this.settings.schema()));
		}
		if (!missing.isEmpty()) {
			throw new PostgresServerException(
					"Schema \"%s\" in PostgreSQL was made by an earlier version of Q. Run what this one adds, %s from dev/q/store/jdbc/schema, or let Q do so with q.postgres.schema-management=auto"
						.formatted(this.settings.schema(), String.join(", ", missing)));
		}
	}

	/** The files that were not run yet, in their order. */
	private List<String> missing(Statement statement) throws SQLException {
		String schema = this.settings.schema();
		Set<Integer> present = new HashSet<>();
		if (has(statement,
				"select 1 from pg_tables where schemaname = '%s' and tablename = 'q_history'".formatted(schema))) {
			try (ResultSet rows = statement
				.executeQuery("select layout, step from \"%s\".q_history".formatted(schema))) {
				while (rows.next()) {
					requireKnown(rows.getInt("layout"));
					present.add(rows.getInt("step"));
				}
			}
		}
		return SchemaScripts.missing(present);
	}

	private void requireKnown(int layout) {
		if (layout > SchemaScripts.LAYOUT) {
			throw new PostgresServerException(
					"Schema \"%s\" in PostgreSQL has layout %d, but this version of Q knows %d at most. Use a newer version of Q, or another schema"
						.formatted(this.settings.schema(), layout, SchemaScripts.LAYOUT));
		}
	}

	private static boolean has(Statement statement, String query) throws SQLException {
		try (ResultSet rows = statement.executeQuery(query)) {
			return rows.next();
		}
	}

	private void run(Task task) {
		try (Connection connection = Database.connect(this.source)) {
			boolean autoCommit = connection.getAutoCommit();
			try {
				task.run(connection);
				if (!connection.getAutoCommit()) {
					connection.commit();
				}
			}
			finally {
				connection.setAutoCommit(autoCommit);
			}
		}
		catch (SQLException ex) {
			throw Failures.translated(ex, this.settings);
		}
	}

	/**
	 * What is done on a connection.
	 */
	@FunctionalInterface
	private interface Task {

		void run(Connection connection) throws SQLException;

	}

}
