package dev.q.test.scene.host;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import dev.q.job.QueueName;
import dev.q.store.JobStore;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.store.jdbc.PostgresStore;
import dev.q.store.redis.RedisSettings;
import dev.q.store.redis.RedisStore;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Stores as an application has them. On Redis they reconnect after 2 s at the latest,
 * while Lettuce by itself may wait for 30 s.
 *
 * @since 0.1
 */
public final class Stores {

	/** The queue of all jobs in scenes. */
	public static final QueueName QUEUE = new QueueName("scene");

	static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final ClientResources RESOURCES = DefaultClientResources.builder()
		.reconnectDelay(Delay.equalJitter(Duration.ZERO, LONGEST_PAUSE, 10, TimeUnit.MILLISECONDS))
		.build();

	private Stores() {
	}

	/**
	 * Opens a store at the address of a host.
	 * @param address of the host
	 * @return the store, to be closed
	 */
	public static JobStore open(String address) {
		return address.startsWith("jdbc:") ? open(address, PostgresHost.pool(address))
				: open(Integer.parseInt(address));
	}

	/**
	 * Opens a store in PostgreSQL.
	 * @param address for the connection that listens
	 * @param pool for all else
	 * @return the store, to be closed
	 */
	public static PostgresStore open(String address, DataSource pool) {
		return new PostgresStore(PostgresSettings.DEFAULT, pool, new DriverManagerDataSource(address));
	}

	/**
	 * Opens a store in Redis.
	 * @param port of the server
	 * @return the store, to be closed
	 */
	public static RedisStore open(int port) {
		return open(port, TIMEOUT);
	}

	/**
	 * Opens a store in Redis.
	 * @param port of the server
	 * @param timeout of its commands
	 * @return the store, to be closed
	 */
	public static RedisStore open(int port, Duration timeout) {
		RedisSettings settings = new RedisSettings("scene", timeout, false);
		LettuceClientConfiguration client = LettuceClientConfiguration.builder()
			.clientResources(RESOURCES)
			.shutdownTimeout(Duration.ZERO)
			.shutdownQuietPeriod(Duration.ZERO)
			.build();
		return new RedisStore(settings,
				new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", port), client));
	}

}
