package dev.q.cli.store;

import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.stream.Stream;

import dev.q.cli.Place;
import dev.q.cli.Place.Run;
import dev.q.test.server.RedisConnection;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisReplication;
import dev.q.test.server.RedisServers;
import dev.q.test.server.RedisSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Redis that takes nothing new in can be looked at, and one that is full be emptied.
 */
class FullServerTests {

	private static final String BINARIES = "dev.q.test.server.RedisServers#binaries";

	@ParameterizedTest
	@MethodSource(BINARIES)
	void whatAFullServerHoldsIsSeenAndTakenAway(RedisSource source) {
		try (RedisProcess server = RedisServers.startFrom(source)) {
			String first = enqueue(server);
			String second = enqueue(server);
			enqueue(server);
			server.command("CONFIG", "SET", "maxmemory", "100kb");

			Run enqueue = q(server, "enqueue", "note");
			assertThat(enqueue.code()).isOne();
			assertThat(enqueue.err().lines()).singleElement().asString().contains("maxmemory");
			requireLooks(server, first);

			requireDone(q(server, "cancel", first, "--yes"));
			requireDone(q(server, "retry", first, "--yes"));
			requireDone(q(server, "hold", first));
			requireDone(q(server, "release", first));
			requireDone(q(server, "pause", "default"));
			requireDone(q(server, "resume", "default"));
			requireDone(q(server, "delete", second, "--yes"));
			requireDone(q(server, "delete", "--state", "ready", "--yes"));

			assertThat(q(server, "ls", "--json").json().path("jobs").size()).isZero();
			requireDone(q(server, "migrate"));
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aServerThatLacksReplicasIsSeen(RedisSource source) {
		try (RedisProcess server = RedisServers.startFrom(source)) {
			String id = enqueue(server);
			server.command("CONFIG", "SET", "min-replicas-to-write", "1");

			requireLooks(server, id);
			Run delete = q(server, "delete", id, "--yes");

			assertThat(delete.code()).isOne();
			assertThat(delete.err().lines()).singleElement().asString().contains("NOREPLICAS");
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aReplicaIsSeen(RedisSource source) {
		try (RedisReplication pair = RedisReplication.startFrom(source)) {
			String id = enqueue(pair.master());
			try (RedisConnection master = pair.master().server().connect()) {
				master.call("SET", "mark", "1");
				assertThat(master.call("WAIT", "1", "10000")).isEqualTo(1L);
			}

			requireLooks(pair.replica(), id);
			Run enqueue = q(pair.replica(), "enqueue", "note");
			Run migrate = q(pair.replica(), "migrate");

			assertThat(enqueue.code()).isOne();
			assertThat(enqueue.err().lines()).singleElement().asString().contains("answers as a replica");
			assertThat(migrate.err()).contains("answers as a replica");
		}
	}

	/** Dead entries stand before the living one, and cannot be thrown away on the way. */
	@ParameterizedTest
	@MethodSource(BINARIES)
	void theOldestJobIsSeenBehindPlacesOfDeletedOnes(RedisSource source) {
		try (RedisProcess server = RedisServers.startFrom(source)) {
			String first = enqueue(server);
			enqueue(server);
			requireDone(q(server, "delete", first, "--yes"));
			server.command("CONFIG", "SET", "min-replicas-to-write", "1");

			Run stats = q(server, "stats", "--json");

			requireDone(stats);
			assertThat(stats.json().path("queueStats").path(0).path("oldestReady").isString()).isTrue();
		}
	}

	private static void requireLooks(RedisProcess server, String id) {
		Stream
			.of("stats", "ls", "show " + id, "explain " + id, "peek default", "workers", "schedules", "top --count 1",
					"delete --state ready --dry-run", "migrate --dry-run")
			.forEach((command) -> requireDone(q(server, command.split(" "))));
	}

	private static void requireDone(Run run) {
		assertThat(run.err()).isEmpty();
		assertThat(run.code()).isZero();
	}

	private static String enqueue(RedisProcess server) {
		Run run = q(server, "enqueue", "note");
		requireDone(run);
		return run.out().split(" ", -1)[0];
	}

	private static Run q(RedisProcess server, String... args) {
		return Place.run(Map.of("SPRING_DATA_REDIS_URL", server.url(), "Q_STORE", "redis"),
				new ByteArrayInputStream(new byte[0]), args);
	}

}
