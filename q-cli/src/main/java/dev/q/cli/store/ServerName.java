package dev.q.cli.store;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * What a server says of itself, for people.
 */
final class ServerName {

	private static final String REDIS_VERSION = "redis_version";

	private ServerName() {
	}

	static String of(DataSource source) {
		try (Connection connection = source.getConnection()) {
			return "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion();
		}
		catch (SQLException ex) {
			return "PostgreSQL, which does not tell its version";
		}
	}

	/** Of a cluster, one of its nodes. A user may be forbidden to ask. */
	static String of(LettuceConnectionFactory connections) {
		try (RedisConnection connection = connections.getConnection()) {
			return connection.serverCommands()
				.info("server")
				.entrySet()
				.stream()
				.filter((line) -> line.getKey().toString().endsWith(REDIS_VERSION))
				.map((line) -> "Redis " + line.getValue())
				.sorted()
				.findFirst()
				.orElse("Redis");
		}
		catch (DataAccessException ex) {
			return "Redis, which does not tell its version";
		}
	}

}
