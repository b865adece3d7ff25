package dev.q.boot.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections whose next commits take place, and whose callers never learn of that: the
 * line goes dead before the answer.
 */
final class LossyCommits extends DelegatingDataSource {

	private final AtomicInteger toLose = new AtomicInteger();

	LossyCommits(DataSource target) {
		super(target);
	}

	/** Loses the answers to commits on the connections that are taken from now on. */
	void loseNext() {
		this.toLose.set(1);
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> {
					try {
						Object answer = method.invoke(connection, arguments);
						if (method.getName().equals("commit") && this.toLose.getAndSet(0) == 1) {
							connection.abort(Runnable::run);
							throw new SQLException("The line went dead", "08006");
						}
						return answer;
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

}
