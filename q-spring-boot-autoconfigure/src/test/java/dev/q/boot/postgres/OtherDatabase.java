package dev.q.boot.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.Map;

import javax.sql.DataSource;

/**
 * A database that tells its name and can do nothing else.
 */
final class OtherDatabase {

	private OtherDatabase() {
	}

	static DataSource dataSource() {
		DatabaseMetaData data = like(DatabaseMetaData.class, Map.of("getDatabaseProductName", "Floppy DB"));
		Connection connection = like(Connection.class, Map.of("getMetaData", data, "getAutoCommit", true));
		return like(DataSource.class, Map.of("getConnection", connection, "isWrapperFor", false));
	}

	private static <T> T like(Class<T> type, Map<String, Object> answers) {
		InvocationHandler handler = (proxy, method, arguments) -> method.getName().equals("hashCode") ? 1
				: answers.get(method.getName());
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

}
