package dev.q.cli.store;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.q.store.StoreException;
import org.postgresql.Driver;

/**
 * Reaches PostgreSQL as {@code spring.datasource} says.
 */
final class PostgresConnections {

	private static final long CONNECTING = TimeUnit.SECONDS.toMillis(10);

	/** As many as a command needs. */
	static final int MOST = 10;

	private PostgresConnections() {
	}

	/**
	 * Makes a pool, which holds no more connections than are used.
	 */
	static HikariDataSource of(Configuration configuration, int most) {
		HikariDataSource pool = new HikariDataSource();
		configuration.setUp(pool);
		String url = pool.getJdbcUrl();
		if (url == null || !url.startsWith("jdbc:postgresql:") || Driver.parseURL(url, null) == null) {
			throw new SetupException(
					"Jobs are kept in PostgreSQL, but spring.datasource.url is no address of it. Set it, or --url, such as jdbc:postgresql://host/database");
		}
		pool.setPoolName("q-cli");
		pool.addDataSourceProperty("ApplicationName", "q-cli");
		pool.setMinimumIdle(0);
		pool.setMaximumPoolSize(most);
		pool.setConnectionTimeout(CONNECTING);
		// A server that is away is told of at once, with its own words.
		pool.setInitializationFailTimeout(1);
		connect(pool);
		return pool;
	}

	private static void connect(HikariDataSource pool) {
		try {
			pool.getConnection().close();
		}
		catch (HikariPool.PoolInitializationException | SQLException ex) {
			pool.close();
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			throw new StoreException(
					"PostgreSQL at %s cannot be reached: %s".formatted(place(pool.getJdbcUrl()), cause.getMessage()),
					ex);
		}
	}

	/** Without parameters, of which one may be a password. */
	private static String place(String url) {
		return url.split("\\?", 2)[0].replaceFirst("//[^/@]*@", "//");
	}

}
