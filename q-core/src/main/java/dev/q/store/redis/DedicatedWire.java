package dev.q.store.redis;

import dev.q.store.StoreException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;

/**
 * A connection for one call at a time, so that a command which blocks it holds up nobody
 * else.
 *
 * @param connection to a server or to a cluster
 */
record DedicatedWire(StatefulConnection<byte[], byte[]> connection) {

	/**
	 * The way to the server that holds a key. Commands without a key go there too, which
	 * those of a cluster would not.
	 * @throws StoreException if no server of the cluster holds it for now
	 */
	RedisClusterAsyncCommands<byte[], byte[]> to(byte[] key) {
		if (this.connection instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster) {
			RedisClusterNode node = cluster.getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
			if (node == null) {
				throw new StoreException("No server of the Redis cluster holds slot " + SlotHash.getSlot(key));
			}
			return cluster.getConnection(node.getNodeId()).async();
		}
		return ((StatefulRedisConnection<byte[], byte[]>) this.connection).async();
	}

	void close() {
		this.connection.close();
	}

}
