package dev.q.test.scene.host;

import java.util.List;
import java.util.stream.Stream;

import dev.q.test.server.RedisServers;
import dev.q.test.server.postgres.PostgresServers;

/**
 * Where scenes are played.
 *
 * @since 0.1
 */
public final class Hosts {

	private Hosts() {
	}

	/**
	 * One server of each kind of store, in the first version that is here.
	 * @return the kinds
	 */
	public static List<Host.Kind> oneOfEach() {
		return List.of(new RedisHost.Kind(RedisServers.binaries().get(0)),
				new PostgresHost.Kind(PostgresServers.binaries().get(0)));
	}

	/**
	 * One server of each version.
	 * @return the kinds
	 */
	public static Stream<Host.Kind> everyVersion() {
		return Stream.concat(RedisServers.binaries().stream().map(RedisHost.Kind::new), postgres());
	}

	/**
	 * The first PostgreSQL that is here.
	 * @return one kind
	 */
	public static Stream<PostgresHost.Kind> onePostgres() {
		return postgres().limit(1);
	}

	/**
	 * One PostgreSQL of each version.
	 * @return the kinds
	 */
	public static Stream<PostgresHost.Kind> postgres() {
		return PostgresServers.binaries().stream().map(PostgresHost.Kind::new);
	}

}
