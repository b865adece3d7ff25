package dev.q.boot.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A factory with threads of its own, which end with it.
 */
final class OwnConnectionFactory extends LettuceConnectionFactory {

	/** Lettuce's own delays grow up to 30 s: as long would all stand still. */
	private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofSeconds(2);

	private static final Duration SHUTDOWN = Duration.ofSeconds(2);

	private final ClientResources resources;

	private OwnConnectionFactory(RedisConfiguration servers, LettuceClientConfiguration client,
			ClientResources resources) {
		super(servers, client);
		this.resources = resources;
	}

	private OwnConnectionFactory(RedisStandaloneConfiguration server, LettuceClientConfiguration client,
			ClientResources resources) {
		super(server, client);
		this.resources = resources;
	}

	static OwnConnectionFactory of(RedisConfiguration servers, LettuceClientConfiguration client,
			ClientResources resources) {
		// Only by its own constructor does the factory tell where a single server is.
		return (servers instanceof RedisStandaloneConfiguration server)
				? new OwnConnectionFactory(server, client, resources)
				: new OwnConnectionFactory(servers, client, resources);
	}

	/**
	 * Resources that find servers as the application's do, and share nothing that runs.
	 * @param application those of the application, or null if it has set none
	 */
	static ClientResources resources(@Nullable ClientResources application) {
		DefaultClientResources.Builder resources = DefaultClientResources.builder()
			.commandLatencyRecorder(CommandLatencyRecorder.disabled())
			.reconnectDelay(Delay.equalJitter(Duration.ZERO, LONGEST_RECONNECT_DELAY, 10, TimeUnit.MILLISECONDS));
		if (application != null) {
			resources.socketAddressResolver(application.socketAddressResolver())
				.addressResolverGroup(application.addressResolverGroup())
				.nettyCustomizer(application.nettyCustomizer());
		}
		return resources.build();
	}

	@Override
	public void destroy() {
		super.destroy();
		this.resources.shutdown(0, SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)
			.awaitUninterruptibly(SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS);
	}

}
