package dev.q.test.server;

import java.time.Duration;
import java.util.List;

/**
 * A Sentinel that watches a master and its replica, and alone decides that the master is
 * down: half a second after its last answer. The replica is master about two seconds
 * later.
 *
 * @since 0.1
 */
public final class RedisSentinel implements AutoCloseable {

	/** What the Sentinel calls its master. */
	public static final String MASTER_NAME = "q";

	private static final Duration TO_KNOW = Duration.ofMinutes(1);

	private final RedisReplication watched;

	private final RedisProcess process;

	private RedisSentinel(RedisReplication watched, RedisProcess process) {
		this.watched = watched;
		this.process = process;
	}

	/**
	 * Starts a Sentinel and waits until it knows the replica. It comes from the same
	 * source as the servers.
	 * @param watched whom it watches
	 * @return the Sentinel, to be closed before the servers
	 * @throws IllegalStateException if it does not come up
	 */
	public static RedisSentinel over(RedisReplication watched) {
		RedisServer master = watched.master().server();
		RedisProcess process = RedisServers.binary(master.source())
			.startSentinel(List.of("sentinel monitor %s %s %d 1".formatted(MASTER_NAME, master.host(), master.port()),
					"sentinel down-after-milliseconds %s 500".formatted(MASTER_NAME),
					"sentinel failover-timeout %s 5000".formatted(MASTER_NAME)));
		RedisSentinel sentinel = new RedisSentinel(watched, process);
		Patience.until("%s knows its replica".formatted(process.server()), TO_KNOW, sentinel::knowsReplica);
		return sentinel;
	}

	/**
	 * The Sentinel itself.
	 * @return a process that can be killed
	 */
	public RedisProcess process() {
		return this.process;
	}

	/**
	 * Where the Sentinel says that the master is.
	 * @return a port of this machine
	 */
	public int masterPort() {
		Object address = this.process.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME);
		if (address instanceof List<?> parts) {
			return Integer.parseInt(String.valueOf(parts.get(1)));
		}
		throw new IllegalStateException("The Sentinel knows no master: %s".formatted(address));
	}

	/**
	 * Waits until the server that began as the replica is the master, by its own word and
	 * the Sentinel's.
	 * @param limit how long at most
	 * @throws IllegalStateException if it takes longer
	 */
	public void awaitFailover(Duration limit) {
		RedisServer replica = this.watched.replica().server();
		Patience.until("%s is master".formatted(replica), limit,
				() -> masterPort() == replica.port() && "master".equals(replica.info("replication").get("role")));
	}

	// A replica whose link was not seen up yet would not be chosen.
	private boolean knowsReplica() {
		Object replicas = this.process.command("SENTINEL", "REPLICAS", MASTER_NAME);
		if (replicas instanceof List<?> known && !known.isEmpty() && known.get(0) instanceof List<?> facts) {
			return "ok".equals(facts.get(facts.indexOf("master-link-status") + 1));
		}
		return false;
	}

	@Override
	public void close() {
		this.process.close();
	}

}
