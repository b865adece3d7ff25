package dev.q.test.server;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A cluster of three masters without replicas, each with a third of the slots, in their
 * order. Safe for use by several threads as far as its nodes are.
 *
 * @since 0.1
 */
public final class RedisCluster implements AutoCloseable {

	private static final int NODES = 3;

	private static final int SLOTS = 16_384;

	private static final Duration TO_AGREE = Duration.ofMinutes(1);

	private static final Map<RedisSource, RedisCluster> SHARED = new EnumMap<>(RedisSource.class);

	// Guards the map: nobody starts a second one.
	private static final ReentrantLock LOCK = new ReentrantLock();

	private final List<RedisProcess> nodes;

	private RedisCluster(List<RedisProcess> nodes) {
		this.nodes = List.copyOf(nodes);
	}

	/**
	 * The cluster that all tests of this JVM share, from the PATH or the artifact. Its
	 * nodes are left running.
	 * @return the cluster, always the same
	 * @throws IllegalStateException if it does not come up
	 * @see RedisServers#start
	 */
	public static RedisCluster shared() {
		return shared(RedisServers.chosenBinary());
	}

	/**
	 * The cluster of a source that all tests of this JVM share. Its nodes are left
	 * running.
	 * @param source the PATH or the artifact
	 * @return the cluster, always the same
	 * @throws IllegalStateException if it does not come up
	 */
	public static RedisCluster shared(RedisSource source) {
		LOCK.lock();
		try {
			RedisCluster found = SHARED.get(source);
			if (found == null) {
				found = startFrom(source);
				SHARED.put(source, found);
			}
			return found;
		}
		finally {
			LOCK.unlock();
		}
	}

	/**
	 * Starts a cluster of a test's own.
	 * @param source the PATH or the artifact
	 * @param config further lines for the {@code redis.conf} of each node
	 * @return the cluster, to be closed
	 * @throws IllegalStateException if it does not come up
	 */
	public static RedisCluster startFrom(RedisSource source, String... config) {
		List<String> lines = Stream
			.concat(Stream.of("cluster-enabled yes", "cluster-node-timeout 5000"), Stream.of(config))
			.toList();
		RedisBinary binary = RedisServers.binary(source);
		RedisCluster cluster = new RedisCluster(
				IntStream.range(0, NODES).mapToObj((node) -> binary.start(lines)).toList());
		cluster.form();
		return cluster;
	}

	/**
	 * The masters, in the order of their slots.
	 * @return three nodes
	 */
	public List<RedisProcess> nodes() {
		return this.nodes;
	}

	/**
	 * The addresses of all nodes, for a client to begin with.
	 * @return three URLs of the scheme {@code redis}
	 */
	public List<String> urls() {
		return this.nodes.stream().map(RedisProcess::url).toList();
	}

	/**
	 * Waits until every node knows the others and says that all slots are served.
	 * @throws IllegalStateException if that takes more than a minute
	 */
	public void awaitAgreement() {
		Patience.until("all nodes of %s agree".formatted(urls()), TO_AGREE,
				() -> this.nodes.stream().allMatch(RedisCluster::agrees));
	}

	// All own their slots before any knows another: later an epoch is refused.
	private void form() {
		for (int i = 0; i < NODES; i++) {
			RedisProcess node = this.nodes.get(i);
			node.command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
			// One by one: Redis 6.2 knows no ranges.
			node.command(Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slotsOf(i)).toArray(String[]::new));
		}
		for (int i = 0; i < NODES; i++) {
			for (RedisProcess other : this.nodes.subList(i + 1, NODES)) {
				this.nodes.get(i).command("CLUSTER", "MEET", other.server().host(), Integer.toString(other.port()));
			}
		}
		awaitAgreement();
	}

	private static Stream<String> slotsOf(int node) {
		return IntStream.range(node * SLOTS / NODES, (node + 1) * SLOTS / NODES).mapToObj(Integer::toString);
	}

	private static boolean agrees(RedisProcess node) {
		Map<String, String> facts = RedisServer.facts(node.command("CLUSTER", "INFO"));
		return "ok".equals(facts.get("cluster_state")) && Integer.toString(NODES).equals(facts.get("cluster_size"))
				&& Integer.toString(SLOTS).equals(facts.get("cluster_slots_ok"));
	}

	@Override
	public void close() {
		this.nodes.forEach(RedisProcess::close);
	}

}
