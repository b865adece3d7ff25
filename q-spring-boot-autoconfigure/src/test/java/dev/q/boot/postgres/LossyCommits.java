package dev.q.boot.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections whose line may go dead around a commit, so that nobody here knows whether
 * it took place.
 */
final class LossyCommits extends DelegatingDataSource {

	private final AtomicReference<Loss> next = new AtomicReference<>(Loss.NONE);

	LossyCommits(DataSource target) {
		super(target);
	}

	/** What happens to the next commit, whoever makes it. */
	void lose(Loss loss) {
		this.next.set(loss);
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> {
					try {
						if (method.getName().equals("commit")) {
							commit(connection);
							return null;
						}
						return method.invoke(connection, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	private void commit(Connection connection) throws SQLException {
		Loss loss = this.next.getAndSet(Loss.NONE);
		if (loss != Loss.OF_REQUEST) {
			connection.commit();
		}
		if (loss != Loss.NONE) {
			connection.abort(Runnable::run);
			throw new SQLException("The line went dead", "08006");
		}
	}

	/** What gets lost. */
	enum Loss {

		/** Nothing. */
		NONE,

		/** The line goes dead before the server hears of the commit. */
		OF_REQUEST,

		/** The commit takes place, and the line goes dead before its answer. */
		OF_ANSWER

	}

}
