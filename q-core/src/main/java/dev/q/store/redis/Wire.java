package dev.q.store.redis;

import dev.q.store.StoreException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;

/**
 * A connection. One that many share must not be blocked by a command; who wants to do
 * that takes one alone.
 *
 * @param connection to a server or to a cluster
 */
record Wire(StatefulConnection<byte[], byte[]> connection) {

	/** The way to whatever server a command concerns. */
	RedisClusterAsyncCommands<byte[], byte[]> commands() {
		return (this.connection instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster) ? cluster.async()
				: ((StatefulRedisConnection<byte[], byte[]>) this.connection).async();
	}

	/**
	 * The way to the server that holds a key. Commands without a key go there too, which
	 * those of a cluster would not.
	 * @throws StoreException if no server of the cluster holds it for now, or the one
	 * that does cannot be reached
	 */
	RedisClusterAsyncCommands<byte[], byte[]> to(byte[] key) {
		if (this.connection instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster) {
			RedisClusterNode node = cluster.getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
			if (node == null) {
				throw new StoreException("No server of the Redis cluster holds slot " + SlotHash.getSlot(key));
			}
			return connected(cluster, node).async();
		}
		return commands();
	}

	private static StatefulRedisConnection<byte[], byte[]> connected(
			StatefulRedisClusterConnection<byte[], byte[]> cluster, RedisClusterNode node) {
		try {
			return cluster.getConnection(node.getNodeId());
		}
		catch (RedisException ex) {
			throw RedisFailures.ofConnecting(ex);
		}
	}

	void close() {
		this.connection.close();
	}

}
