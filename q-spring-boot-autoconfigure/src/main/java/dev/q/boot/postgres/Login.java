package dev.q.boot.postgres;

import java.util.Properties;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * What the driver needs to connect.
 *
 * @param url the address
 * @param properties what is not in the address; what is there counts more
 */
record Login(String url, Properties properties) {

	/** Puts down what there is. */
	static void put(Properties properties, @Nullable String user, @Nullable String password) {
		if (user != null) {
			PGProperty.USER.set(properties, user);
		}
		if (password != null) {
			PGProperty.PASSWORD.set(properties, password);
		}
	}

	/** Without the password. */
	@Override
	public String toString() {
		return this.url.split("\\?", 2)[0];
	}

}
