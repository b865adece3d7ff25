package dev.q.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * Calls functions of the server. Each call outside of a transaction is one statement,
 * which is a transaction of its own, on a connection that is given back at once; so
 * nothing depends on the state of a session, and any pooler may stand between.
 */
final class Database {

	/** Deadlocks and the like are seldom, and do not come in rows. */
	private static final int MOST_TRIES = 4;

	private final DataSource source;

	private final PostgresSettings settings;

	/** By name of the function, which always has the same number of arguments. */
	private final Map<String, String> statements = new ConcurrentHashMap<>();

	/** Is told when the server may have crashed. */
	private final Runnable alarm;

	private volatile boolean closed;

	/**
	 * Makes a database that is not called yet.
	 * @param source gives connections
	 * @param settings where the functions are
	 * @param alarm is told when the server may have crashed, and lost its last moments
	 */
	Database(DataSource source, PostgresSettings settings, Runnable alarm) {
		this.alarm = alarm;
		this.source = target(source);
		this.settings = settings;
	}

	/** A proxy that joins transactions would do so in calls that must not. */
	private static DataSource target(DataSource source) {
		DataSource target = source;
		while (target instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null) {
			target = proxy.getTargetDataSource();
		}
		return target;
	}

	DataSource source() {
		return this.source;
	}

	PostgresSettings settings() {
		return this.settings;
	}

	/**
	 * Calls a function outside of all transactions.
	 * @return what the rows of its answer say
	 * @throws StoreException if it failed; it has done nothing then, or that is unknown
	 */
	<T extends @Nullable Object> List<T> call(String function, Args args, Reader<T> reader) {
		for (int tries = 1;; tries++) {
			requireOpen();
			try {
				return callOnce(function, args, reader);
			}
			catch (SQLException ex) {
				if (!Failures.isRetriable(ex) || tries == MOST_TRIES) {
					this.alarm.run();
					throw failure(ex);
				}
			}
		}
	}

	private <T extends @Nullable Object> List<T> callOnce(String function, Args args, Reader<T> reader)
			throws SQLException {
		try (Connection connection = this.source.getConnection()) {
			boolean isManual = !connection.getAutoCommit();
			try {
				List<T> answer = call(connection, function, args, reader);
				if (isManual) {
					connection.commit();
				}
				return answer;
			}
			catch (SQLException | RuntimeException ex) {
				if (isManual) {
					rollBack(connection, ex);
				}
				throw ex;
			}
		}
	}

	private static void rollBack(Connection connection, Exception cause) {
		try {
			connection.rollback();
		}
		catch (SQLException ex) {
			cause.addSuppressed(ex);
		}
	}

	/**
	 * Calls a function in the transaction of the calling thread, which must have one.
	 * @return what the rows of its answer say
	 * @throws StoreException if it failed; the transaction is broken
	 */
	<T extends @Nullable Object> List<T> callJoined(String function, Args args, Reader<T> reader) {
		requireOpen();
		Connection connection = DataSourceUtils.getConnection(this.source);
		try {
			return call(connection, function, args, reader);
		}
		catch (SQLException ex) {
			throw failure(ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, this.source);
		}
	}

	private <T extends @Nullable Object> List<T> call(Connection connection, String function, Args args,
			Reader<T> reader) throws SQLException {
		String sql = this.statements.computeIfAbsent(function, (name) -> statement(name, args.size()));
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			args.bind(connection, statement);
			try (ResultSet rows = statement.executeQuery()) {
				List<T> answer = new ArrayList<>();
				while (rows.next()) {
					answer.add(reader.read(rows));
				}
				return answer;
			}
		}
	}

	/** The name of the schema is checked by the settings. */
	private String statement(String function, int args) {
		return "select * from \"" + this.settings.schema() + "\"." + function + "("
				+ String.join(", ", Collections.nCopies(args, "?")) + ")";
	}

	/** The time of the server. */
	Instant now() {
		return call("q_now", new Args(), (row) -> Instant.ofEpochMilli(row.getLong(1))).get(0);
	}

	StoreException failure(SQLException failure) {
		return Failures.translated(failure, this.settings);
	}

	void requireOpen() {
		if (this.closed) {
			throw new StoreException("Store postgres is closed");
		}
	}

	boolean isOpen() {
		return !this.closed;
	}

	void close() {
		this.closed = true;
	}

	/**
	 * Reads one row.
	 *
	 * @param <T> what it says
	 */
	@FunctionalInterface
	interface Reader<T extends @Nullable Object> {

		T read(ResultSet row) throws SQLException;

	}

}
