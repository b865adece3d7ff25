package dev.q.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.q.store.StoreException;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Makes connections of what a connection factory knows: its addresses, its credentials
 * and its client, but none of its pools. Owns the factory. Not safe for use by several
 * threads, but for {@link #isCluster()}.
 */
final class Wires implements AutoCloseable {

	private final LettuceConnectionFactory factory;

	private final List<StatefulConnection<byte[], byte[]>> open = new ArrayList<>();

	private final Duration timeout;

	private boolean started;

	Wires(LettuceConnectionFactory factory, Duration timeout) {
		this.factory = factory;
		this.timeout = timeout;
	}

	boolean isCluster() {
		return this.factory.isClusterAware();
	}

	/**
	 * Connects for commands.
	 * @throws StoreException if the server cannot be reached, or refuses the credentials
	 */
	Wire connect() {
		AbstractRedisClient client = client();
		if (client instanceof RedisClusterClient cluster) {
			return new Wire(kept(() -> cluster.connect(ByteArrayCodec.INSTANCE)));
		}
		StatefulRedisConnection<byte[], byte[]> connection = kept(
				() -> ((RedisClient) client).connect(ByteArrayCodec.INSTANCE));
		if (this.factory.getDatabase() > 0) {
			select(connection);
		}
		return new Wire(connection);
	}

	private void select(StatefulRedisConnection<byte[], byte[]> connection) {
		try {
			connection.sync().select(this.factory.getDatabase());
		}
		catch (RedisException ex) {
			end(new Wire(connection));
			throw RedisFailures.ofConnecting(ex);
		}
	}

	void end(Wire wire) {
		this.open.remove(wire.connection());
		wire.close();
	}

	/**
	 * Connects for channels.
	 * @throws StoreException if the server cannot be reached
	 */
	StatefulRedisPubSubConnection<byte[], byte[]> listen() {
		AbstractRedisClient client = client();
		return kept(
				() -> (client instanceof RedisClusterClient cluster) ? cluster.connectPubSub(ByteArrayCodec.INSTANCE)
						: ((RedisClient) client).connectPubSub(ByteArrayCodec.INSTANCE));
	}

	private <C extends StatefulConnection<byte[], byte[]>> C kept(Supplier<C> connector) {
		try {
			C connection = connector.get();
			this.open.add(connection);
			return connection;
		}
		catch (RedisException ex) {
			throw RedisFailures.ofConnecting(ex);
		}
	}

	private AbstractRedisClient client() {
		if (!this.started) {
			this.factory.setShareNativeConnection(false);
			this.factory.afterPropertiesSet();
			this.factory.start();
			setOptions(this.factory.getRequiredNativeClient());
			this.started = true;
		}
		return this.factory.getRequiredNativeClient();
	}

	/**
	 * While the connection is broken, commands fail at once, those under way too: one
	 * that was kept and sent again could claim jobs for nobody.
	 */
	private void setOptions(AbstractRedisClient client) {
		TimeoutOptions timeouts = TimeoutOptions.builder()
			.timeoutCommands()
			.timeoutSource(new Timeouts(this.timeout))
			.build();
		if (client instanceof RedisClusterClient cluster) {
			cluster.setOptions(((ClusterClientOptions) cluster.getOptions()).mutate()
				.timeoutOptions(timeouts)
				.autoReconnect(true)
				.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
				.build());
		}
		else {
			((RedisClient) client).setOptions(client.getOptions()
				.mutate()
				.timeoutOptions(timeouts)
				.autoReconnect(true)
				.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
				.build());
		}
	}

	@Override
	public void close() {
		this.open.forEach(StatefulConnection::close);
		this.open.clear();
		if (this.started) {
			this.factory.destroy();
			this.started = false;
		}
	}

	/**
	 * How long a command may take. The wait for replicas bears its own time, and who
	 * sends it bounds it.
	 */
	private static final class Timeouts extends TimeoutOptions.TimeoutSource {

		private static final long NONE = -1;

		private final long nanos;

		Timeouts(Duration timeout) {
			this.nanos = timeout.toNanos();
		}

		@Override
		public long getTimeout(RedisCommand<?, ?, ?> command) {
			return (command.getType() == CommandType.WAIT) ? NONE : this.nanos;
		}

		@Override
		public TimeUnit getTimeUnit() {
			return TimeUnit.NANOSECONDS;
		}

	}

}
