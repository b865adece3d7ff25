package dev.q.test.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source that does something before a commit, or loses the connection then, while
 * the server has yet to commit. For use by one thread.
 */
final class HeldCommits extends DelegatingDataSource {

	private final Deque<Connection> held = new ArrayDeque<>();

	private @Nullable Runnable before;

	private boolean isLost;

	HeldCommits(DataSource source) {
		super(source);
	}

	/** Does something before the next commit. */
	void before(Runnable action) {
		this.before = action;
	}

	/** Loses the connection at the next commit, whose transaction stays open. */
	void loseNext() {
		this.isLost = true;
	}

	/** Commits what was lost. */
	void commitLost() throws SQLException {
		for (Connection late : this.held) {
			late.commit();
			late.close();
		}
		this.held.clear();
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		connection.setAutoCommit(false);
		return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, args) -> call(connection, method, args));
	}

	private @Nullable Object call(Connection connection, Method method, Object @Nullable [] args) throws Throwable {
		if (this.held.contains(connection)) {
			return null;
		}
		if (method.getName().equals("commit")) {
			beforeCommit(connection);
		}
		try {
			return method.invoke(connection, args);
		}
		catch (InvocationTargetException ex) {
			throw Objects.requireNonNull(ex.getCause());
		}
	}

	private void beforeCommit(Connection connection) throws SQLException {
		Runnable action = this.before;
		this.before = null;
		if (action != null) {
			action.run();
		}
		if (this.isLost) {
			this.isLost = false;
			this.held.add(connection);
			throw new SQLException("the connection is lost", "08006");
		}
	}

}
