package dev.q.test.server;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RedisReplicationTests {

	private static final String BINARIES = "dev.q.test.server.RedisServers#binaries";

	private static final Duration TO_FAIL_OVER = Duration.ofSeconds(30);

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aPromotedReplicaHasWhatItsMasterWrote(RedisSource source) {
		try (RedisReplication pair = RedisReplication.startFrom(source)) {
			writeToBoth(pair);
			assertThatExceptionOfType(RedisErrorReply.class)
				.isThrownBy(() -> pair.replica().command("SET", "new", "yes"))
				.withMessageStartingWith("READONLY");

			pair.master().kill();
			RedisProcess promoted = pair.promoteReplica();

			assertThat(promoted).isSameAs(pair.replica());
			assertThat(promoted.command("GET", "kept")).isEqualTo("yes");
			assertThat(promoted.command("SET", "new", "yes")).isEqualTo("OK");
			assertThat(promoted.server().info("replication")).containsEntry("role", "master");
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aReplicaFollowsAgainAfterItsMasterCameBack(RedisSource source) {
		try (RedisReplication pair = RedisReplication.startFrom(source, "appendonly yes", "appendfsync always")) {
			writeToBoth(pair);

			pair.master().kill();
			pair.master().restart();
			pair.awaitLink();

			assertThat(pair.replica().command("GET", "kept")).isEqualTo("yes");
		}
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void theSentinelPromotesTheReplicaOfAKilledMaster(RedisSource source) {
		try (RedisReplication pair = RedisReplication.startFrom(source);
				RedisSentinel sentinel = RedisSentinel.over(pair)) {
			writeToBoth(pair);
			assertThat(sentinel.masterPort()).isEqualTo(pair.master().port());

			pair.master().kill();
			sentinel.awaitFailover(TO_FAIL_OVER);

			assertThat(sentinel.masterPort()).isEqualTo(pair.replica().port());
			assertThat(pair.replica().command("GET", "kept")).isEqualTo("yes");
			assertThat(pair.replica().command("SET", "new", "yes")).isEqualTo("OK");
		}
	}

	private static void writeToBoth(RedisReplication pair) {
		try (RedisConnection connection = pair.master().server().connect()) {
			connection.call("SET", "kept", "yes");
			assertThat(connection.call("WAIT", "1", "10000")).isEqualTo(1L);
		}
	}

}
