package dev.q.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.q.codec.JacksonPayloadCodec;
import dev.q.store.redis.RedisSettings;
import dev.q.store.redis.RedisStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The Redis server of a program, and a bare connection beside the store: a server which
 * the properties {@code q.redis.host} and {@code q.redis.port} name and which holds
 * nothing, or else one that is started from the path, keeps nothing on disk and ends with
 * the program.
 */
final class LocalRedis implements AutoCloseable {

	private static final String LOCALHOST = "127.0.0.1";

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final String host;

	private final int port;

	private final @Nullable Process process;

	private final RedisClient client;

	private final StatefulRedisConnection<byte[], byte[]> connection;

	private LocalRedis(String host, int port, @Nullable Process process) {
		this.host = host;
		this.port = port;
		this.process = process;
		this.client = RedisClient.create(RedisURI.create(host, port));
		this.connection = connect();
	}

	static LocalRedis open() {
		String port = System.getProperty("q.redis.port");
		LocalRedis server = (port != null)
				? new LocalRedis(System.getProperty("q.redis.host", LOCALHOST), Integer.parseInt(port), null)
				: started();
		if (server.connection.sync().dbsize() > 0) {
			server.close();
			throw new IllegalStateException(
					"The server holds keys, and the program would delete them. Name an empty one");
		}
		return server;
	}

	private static LocalRedis started() {
		try {
			int port = freePort();
			Process process = new ProcessBuilder("redis-server", "--port", Integer.toString(port), "--bind", LOCALHOST,
					"--save", "", "--appendonly", "no", "--dir", Files.createTempDirectory("q-benchmark").toString())
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
			return new LocalRedis(LOCALHOST, port, process);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("redis-server is not on the path. Name a server by -Dq.redis.port", ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			return free.getLocalPort();
		}
	}

	/** A server that was just started may need a moment. */
	private StatefulRedisConnection<byte[], byte[]> connect() {
		long begin = Rig.CLOCK.nanoTime();
		while (true) {
			try {
				return this.client.connect(ByteArrayCodec.INSTANCE);
			}
			catch (RedisException ex) {
				if (Rig.CLOCK.nanoTime() - begin > PATIENCE.toNanos()) {
					throw ex;
				}
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
			}
		}
	}

	/**
	 * Says what is measured, and against what.
	 */
	void head(String title) {
		Report.head(title);
		Report.line("Redis %s at %s:%d, %s; %s, payload of %d bytes".formatted(info("server", "redis_version"),
				this.host, this.port,
				(this.process != null) ? "started by this program without persistence" : "started by others",
				RedisSettings.DEFAULT, JacksonPayloadCodec.standard().encode(Mail.of(1000)).size()));
	}

	StatefulRedisConnection<byte[], byte[]> connection() {
		return this.connection;
	}

	StatefulRedisPubSubConnection<byte[], byte[]> listen() {
		return this.client.connectPubSub(ByteArrayCodec.INSTANCE);
	}

	/** A store with connections of its own. */
	RedisStore store() {
		return new RedisStore(RedisSettings.DEFAULT,
				new LettuceConnectionFactory(new RedisStandaloneConfiguration(this.host, this.port)));
	}

	/**
	 * A value that the server tells of itself.
	 */
	String info(String section, String name) {
		return this.connection.sync()
			.info(section)
			.lines()
			.filter((line) -> line.startsWith(name + ":"))
			.findFirst()
			.orElseThrow()
			.substring(name.length() + 1);
	}

	/**
	 * Processor time that the server has used so far.
	 */
	double cpuMicros() {
		return 1e6
				* (Double.parseDouble(info("cpu", "used_cpu_user")) + Double.parseDouble(info("cpu", "used_cpu_sys")));
	}

	/** Deletes all data. A store that is open must not be used any more. */
	void clear() {
		this.connection.sync().flushall();
	}

	@Override
	public void close() {
		this.client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
		if (this.process != null) {
			this.process.destroy();
		}
	}

}
