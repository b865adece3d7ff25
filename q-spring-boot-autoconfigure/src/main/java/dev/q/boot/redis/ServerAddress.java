package dev.q.boot.redis;

import java.util.Collection;
import java.util.stream.Collectors;

import org.springframework.data.redis.connection.NamedNode;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration.ClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration.DomainSocketConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration.SentinelConfiguration;
import org.springframework.data.redis.connection.RedisNode;

/**
 * Where Redis is, for people: no login is in it.
 *
 * @param servers what is connected to
 */
record ServerAddress(RedisConfiguration servers) {

	@Override
	public String toString() {
		if (this.servers instanceof ClusterConfiguration cluster) {
			return "cluster " + text(cluster.getClusterNodes());
		}
		if (this.servers instanceof SentinelConfiguration sentinel) {
			NamedNode master = sentinel.getMaster();
			return "master %s of sentinels %s".formatted((master != null) ? master.getName() : "?",
					text(sentinel.getSentinels()));
		}
		if (this.servers instanceof DomainSocketConfiguration socket) {
			return socket.getSocket();
		}
		return "%s:%d".formatted(RedisConfiguration.getHostOrElse(this.servers, () -> "?"),
				RedisConfiguration.getPortOrElse(this.servers, () -> 0));
	}

	private static String text(Collection<RedisNode> nodes) {
		return nodes.stream().map(RedisNode::asString).sorted().collect(Collectors.joining(", "));
	}

}
