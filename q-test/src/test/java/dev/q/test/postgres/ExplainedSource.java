package dev.q.test.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source whose server tells the plan of every statement as a notice, and which
 * collects them.
 */
final class ExplainedSource extends DelegatingDataSource {

	private final Queue<Plan> plans = new ConcurrentLinkedQueue<>();

	ExplainedSource(DataSource source) {
		super(source);
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		return wrap(Connection.class, connection, (method, result) -> (result instanceof PreparedStatement statement)
				? wrap(PreparedStatement.class, statement, (name, answer) -> heard(statement, name, answer)) : result);
	}

	private @Nullable Object heard(PreparedStatement statement, String method, @Nullable Object answer)
			throws SQLException {
		if (method.startsWith("execute")) {
			for (SQLWarning notice = statement.getWarnings(); notice != null; notice = notice.getNextWarning()) {
				ServerErrorMessage message = (notice instanceof PSQLWarning warning) ? warning.getServerErrorMessage()
						: null;
				if (message != null && Objects.requireNonNullElse(message.getMessage(), "").startsWith("duration:")) {
					this.plans.add(Plan.read(Objects.requireNonNull(message.getMessage()),
							Objects.requireNonNullElse(message.getWhere(), "")));
				}
			}
		}
		return answer;
	}

	private static <T> T wrap(Class<T> type, T target, Change change) {
		InvocationHandler handler = (proxy, method, args) -> change.of(method.getName(), call(target, method, args));
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private static @Nullable Object call(Object target, Method method, Object @Nullable [] args) throws Throwable {
		try {
			return method.invoke(target, args);
		}
		catch (InvocationTargetException ex) {
			throw Objects.requireNonNull(ex.getCause());
		}
	}

	/** The plans since the last time. */
	List<Plan> take() {
		List<Plan> taken = new ArrayList<>(this.plans);
		this.plans.clear();
		return taken;
	}

	/**
	 * What becomes of the answer of a method.
	 */
	@FunctionalInterface
	private interface Change {

		@Nullable Object of(String method, @Nullable Object answer) throws SQLException;

	}

}
