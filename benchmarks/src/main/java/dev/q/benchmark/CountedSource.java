package dev.q.benchmark;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source that counts the statements that are executed on its connections.
 */
final class CountedSource extends DelegatingDataSource {

	private final AtomicLong executed = new AtomicLong();

	CountedSource(DataSource target) {
		super(target);
	}

	double executed() {
		return this.executed.get();
	}

	@Override
	public Connection getConnection() throws SQLException {
		return (Connection) watched(super.getConnection(), Connection.class);
	}

	private Object watched(Object target, Class<?> type) {
		return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, args) -> {
			if (method.getName().startsWith("execute")) {
				this.executed.incrementAndGet();
			}
			Object result = call(target, method, args);
			return (result instanceof Statement) ? watched(result, method.getReturnType()) : result;
		});
	}

	private static @Nullable Object call(Object target, Method method, Object @Nullable [] args) throws Throwable {
		try {
			return method.invoke(target, args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

}
