package dev.q.boot.postgres;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;

import org.springframework.util.ClassUtils;

/**
 * A pool of Hikari, which Spring Boot makes unless told otherwise: where it connects to,
 * and how. Nothing is changed there.
 *
 * @param source the pool
 */
record HikariPool(HikariDataSource source) {

	private static final boolean THERE = ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource",
			HikariPool.class.getClassLoader());

	/**
	 * The pool behind a data source, unless that is of another kind, or is told where to
	 * connect to in another way than by an address of PostgreSQL.
	 */
	static Optional<HikariPool> behind(DataSource source) {
		return THERE
				? unwrapped(source).map(HikariPool::new).filter((pool) -> pool.url().startsWith("jdbc:postgresql:"))
				: Optional.empty();
	}

	private static Optional<HikariDataSource> unwrapped(DataSource source) {
		try {
			return source.isWrapperFor(HikariDataSource.class) ? Optional.of(source.unwrap(HikariDataSource.class))
					: Optional.empty();
		}
		catch (SQLException ex) {
			// Not every data source can tell what it wraps.
			return Optional.empty();
		}
	}

	/** The address, which can hold a password. */
	String url() {
		String url = this.source.getJdbcUrl();
		return (url != null) ? url : "";
	}

	/** What the driver is told beside the address: the login first of all. */
	Properties properties() {
		Properties properties = new Properties();
		properties.putAll(this.source.getDataSourceProperties());
		Credentials login = (this.source.getCredentialsProvider() != null)
				? this.source.getCredentialsProvider().getCredentials() : this.source.getCredentials();
		Login.put(properties, login.getUsername(), login.getPassword());
		return properties;
	}

}
