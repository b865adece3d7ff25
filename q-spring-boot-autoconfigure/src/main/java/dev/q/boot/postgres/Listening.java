package dev.q.boot.postgres;

import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

import javax.sql.DataSource;

import dev.q.boot.PostgresProperties;

/**
 * Where the one connection comes from on which notifications are heard.
 *
 * @param properties what is said of it
 */
record Listening(PostgresProperties properties) {

	/**
	 * Chooses: the address that is set, else a connection that is made like those of the
	 * pool, else one of the data source itself, which is held.
	 * @param source how jobs are kept
	 */
	DataSource on(DataSource source) {
		Optional<HikariPool> pool = HikariPool.behind(source);
		String url = this.properties.listenUrl();
		if (url != null) {
			return own(() -> new Login(url, login(pool)));
		}
		return pool.map((those) -> own(() -> new Login(those.url(), login(pool)))).orElse(source);
	}

	private DataSource own(Supplier<Login> logins) {
		return new OwnConnections(logins, this.properties.connectionTimeout());
	}

	private Properties login(Optional<HikariPool> pool) {
		Properties login = pool.map(HikariPool::properties).orElseGet(Properties::new);
		Login.put(login, this.properties.listenUsername(), this.properties.listenPassword());
		return login;
	}

}
