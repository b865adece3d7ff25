package dev.q.test.server;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RedisClusterTests {

	private static final String BINARIES = "dev.q.test.server.RedisServers#binaries";

	@ParameterizedTest
	@MethodSource(BINARIES)
	void eachMasterServesAThirdOfTheSlots(RedisSource source) {
		RedisCluster cluster = RedisCluster.shared(source);

		assertThat(cluster.nodes()).hasSize(3);
		assertThat(cluster.urls()).hasSize(3).doesNotHaveDuplicates();
		assertThat(cluster.nodes()).allSatisfy((node) -> {
			assertThat(node.server().source()).isEqualTo(source);
			assertThat(RedisServer.facts(node.command("CLUSTER", "INFO"))).containsEntry("cluster_state", "ok")
				.containsEntry("cluster_slots_ok", "16384")
				.containsEntry("cluster_size", "3");
			assertThat((List<?>) node.command("CLUSTER", "SLOTS")).hasSize(3);
		});
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aKeyBelongsToOneNodeAndTheOthersPointToIt(RedisSource source) {
		List<RedisProcess> nodes = RedisCluster.shared(source).nodes();

		// Slot 12182 of 16384.
		assertThat(nodes.get(0).command("CLUSTER", "KEYSLOT", "foo")).isEqualTo(12182L);
		assertThat(nodes.get(2).command("SET", "foo", "bar")).isEqualTo("OK");
		assertThatExceptionOfType(RedisErrorReply.class).isThrownBy(() -> nodes.get(0).command("GET", "foo"))
			.withMessage("MOVED 12182 127.0.0.1:" + nodes.get(2).port());
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void theSharedClusterIsStartedOnce(RedisSource source) {
		assertThat(RedisCluster.shared(source)).isSameAs(RedisCluster.shared(source));
	}

	@ParameterizedTest
	@MethodSource(BINARIES)
	void aKilledNodeComesBackToItsCluster(RedisSource source) {
		try (RedisCluster cluster = RedisCluster.startFrom(source, "appendonly yes", "appendfsync always")) {
			RedisProcess node = cluster.nodes().get(2);
			node.command("SET", "foo", "bar");

			node.kill();
			node.restart();
			cluster.awaitAgreement();

			assertThat(node.command("GET", "foo")).isEqualTo("bar");
		}
	}

}
