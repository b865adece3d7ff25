package dev.q.boot.postgres;

import javax.sql.DataSource;

import dev.q.job.Names;
import dev.q.store.StoreException;
import dev.q.store.jdbc.PostgresServerException;
import dev.q.store.jdbc.PostgresStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;

/**
 * Reaches PostgreSQL when the application starts. A server that cannot be reached is no
 * reason not to start, unless told so; one that cannot be used is.
 */
final class FirstContact {

	private static final Logger logger = LoggerFactory.getLogger(FirstContact.class);

	private static final int MOST_SHOWN = 256;

	private final DataSource source;

	private final boolean failFast;

	FirstContact(DataSource source, boolean failFast) {
		this.source = source;
		this.failFast = failFast;
	}

	/**
	 * Connects the store. If that fails the start, the store is closed: it is no bean
	 * yet, so nobody else would.
	 * @throws PostgresServerException if the server cannot be used
	 * @throws PostgresSetupException if it cannot be reached, and must be
	 */
	void make(PostgresStore store) {
		try {
			connect(store);
		}
		catch (RuntimeException ex) {
			store.close();
			throw ex;
		}
	}

	private void connect(PostgresStore store) {
		try {
			store.connect();
		}
		catch (PostgresServerException ex) {
			throw ex;
		}
		catch (StoreException ex) {
			if (this.failFast) {
				throw new PostgresSetupException("PostgreSQL at %s cannot be used: %s".formatted(address(), reason(ex)),
						"Start it, or correct spring.datasource.*. With q.fail-fast=false the application would start"
								+ " without it",
						ex);
			}
			logger.warn(
					"PostgreSQL at {} cannot be used: {}. The application starts without it: workers go on trying, and"
							+ " an enqueue throws until it answers",
					address(), reason(ex));
		}
	}

	/** Without its parameters, among which can be a password. */
	private String address() {
		return HikariPool.behind(this.source)
			.map((pool) -> new Login(pool.url(), pool.properties()).toString())
			.orElse("the address of the DataSource");
	}

	private static String reason(StoreException failure) {
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
		String message = cause.getMessage();
		return Names.printable((message != null) ? message : cause.getClass().getSimpleName(), MOST_SHOWN);
	}

}
