package dev.q.test.server;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A master and its replica. After a promotion {@link #master} and {@link #replica} still
 * name the servers by the roles in which they started.
 *
 * @since 0.1
 */
public final class RedisReplication implements AutoCloseable {

	private static final Duration TO_SYNC = Duration.ofMinutes(1);

	private final RedisProcess master;

	private final RedisProcess replica;

	private RedisReplication(RedisProcess master, RedisProcess replica) {
		this.master = master;
		this.replica = replica;
	}

	/**
	 * Starts both and waits until the replica has what the master has.
	 * @param config further lines for the {@code redis.conf} of both
	 * @return the pair, to be closed
	 * @throws IllegalStateException if they do not come together
	 * @see RedisServers#start
	 */
	public static RedisReplication start(String... config) {
		return startFrom(RedisServers.chosenBinary(), config);
	}

	/**
	 * Starts both from a source and waits until the replica has what the master has.
	 * @param source the PATH or the artifact
	 * @param config further lines for the {@code redis.conf} of both
	 * @return the pair, to be closed
	 * @throws IllegalStateException if they do not come together
	 */
	public static RedisReplication startFrom(RedisSource source, String... config) {
		// From 7.0 on, a master waits for more replicas before it sends its data.
		String[] lines = Stream.concat(Stream.of("repl-diskless-sync-delay 0"), Stream.of(config))
			.toArray(String[]::new);
		RedisProcess master = RedisServers.startFrom(source, lines);
		String follow = "replicaof %s %d".formatted(master.server().host(), master.port());
		RedisProcess replica = RedisServers.startFrom(source,
				Stream.concat(Stream.of(lines), Stream.of(follow)).toArray(String[]::new));
		RedisReplication pair = new RedisReplication(master, replica);
		pair.awaitLink();
		return pair;
	}

	/**
	 * The server that began as the master.
	 * @return a server that can be killed
	 */
	public RedisProcess master() {
		return this.master;
	}

	/**
	 * The server that began as the replica.
	 * @return a server that can be killed
	 */
	public RedisProcess replica() {
		return this.replica;
	}

	/**
	 * Waits until the replica follows the master.
	 * @throws IllegalStateException if that takes more than a minute
	 */
	public void awaitLink() {
		Patience.until("%s follows %s".formatted(this.replica.server(), this.master.server()), TO_SYNC,
				() -> "up".equals(this.replica.server().info("replication").get("master_link_status"))
						&& masterSends());
	}

	/**
	 * Makes the replica a master. The old one is left as it is, so kill it before if it
	 * should be gone.
	 * @return the new master
	 */
	public RedisProcess promoteReplica() {
		this.replica.command("REPLICAOF", "NO", "ONE");
		return this.replica;
	}

	private boolean masterSends() {
		Map<String, String> facts = this.master.server().info("replication");
		return facts.getOrDefault("slave0", "").contains("state=online");
	}

	@Override
	public void close() {
		this.replica.close();
		this.master.close();
	}

}
