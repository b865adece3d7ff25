package dev.q.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import dev.q.store.StoreException;
import dev.q.store.jdbc.call.Args;
import dev.q.store.jdbc.call.Call;
import dev.q.store.jdbc.call.Preparation;

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

	private final Preparation preparation;

	private volatile boolean closed;

	Database(DataSource source, PostgresSettings settings) {
		this.source = target(source);
		this.settings = settings;
		this.preparation = new Preparation(new PostgresSchema(this.source, settings)::prepare);
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
	<T> List<T> call(String function, Args args, Call.Reader<T> reader) {
		return call(new Call<>(statement(function, args), args, reader, Duration.ZERO));
	}

	/**
	 * Calls a function that nobody waits for, and that the server must not run for ever.
	 * @see #call(String, Args, Call.Reader)
	 */
	<T> List<T> upkeep(String function, Args args, Call.Reader<T> reader) {
		return call(new Call<>(statement(function, args), args, reader, this.settings.timeouts().maintenance()));
	}

	private <T> List<T> call(Call<T> call) {
		for (int tries = 1;; tries++) {
			requireOpen();
			this.preparation.require();
			try {
				return callOnce(call);
			}
			catch (SQLException ex) {
				if (!Failures.isRetriable(ex) || tries == MOST_TRIES) {
					throw failure(ex);
				}
			}
		}
	}

	private <T> List<T> callOnce(Call<T> call) throws SQLException {
		try (Connection connection = connect(this.source)) {
			boolean isManual = !connection.getAutoCommit();
			try {
				List<T> answer = call.on(connection);
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

	/** Pools that cannot start throw others than SQL exceptions. */
	static Connection connect(DataSource source) throws SQLException {
		try {
			return source.getConnection();
		}
		catch (RuntimeException ex) {
			throw new StoreException("PostgreSQL cannot be reached: " + ex.getMessage(), ex);
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
	<T> List<T> callJoined(String function, Args args, Call.Reader<T> reader) {
		return callJoined(new Call<>(statement(function, args), args, reader, Duration.ZERO));
	}

	/**
	 * Calls a function in the transaction of the calling thread, which the server ends
	 * when it is idle for too long after that.
	 * @see #callJoined(String, Args, Call.Reader)
	 */
	<T> List<T> callGuarded(String function, Args args, Call.Reader<T> reader) {
		return callJoined(new Call<>(statement(function, args) + guard(this.settings.timeouts().idleInTransaction()),
				args, reader, Duration.ZERO));
	}

	/** For this transaction, and never longer than the server allows already. */
	private static String guard(Duration idle) {
		return idle.isZero() ? "" : """
				 cross join set_config('idle_in_transaction_session_timeout', least(%d, nullif((extract(epoch from
				current_setting('idle_in_transaction_session_timeout')::interval) * 1000)::bigint, 0))::text, true)"""
			.formatted(idle.toMillis());
	}

	private <T> List<T> callJoined(Call<T> call) {
		requireOpen();
		this.preparation.require();
		Connection connection = DataSourceUtils.getConnection(this.source);
		try {
			return call.on(connection);
		}
		catch (SQLException ex) {
			throw failure(ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, this.source);
		}
	}

	/** The name of the schema is checked by the settings. */
	private String statement(String function, Args args) {
		return this.statements.computeIfAbsent(function, (name) -> "select f.* from \"" + this.settings.schema() + "\"."
				+ name + "(" + String.join(", ", Collections.nCopies(args.size(), "?")) + ") f");
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

}
