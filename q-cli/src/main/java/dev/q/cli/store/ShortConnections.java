package dev.q.cli.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.resource.ClientResources;
import io.netty.resolver.DefaultAddressResolverGroup;

import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Connections of a process that lives for a moment: they are there soon, and gone at
 * once.
 */
final class ShortConnections extends LettuceConnectionFactory {

	private static final int THREADS = 2;

	private static final long ENDING = 100;

	private final ClientResources resources;

	private ShortConnections(RedisConfiguration servers, LettuceClientConfigurationBuilder client,
			ClientResources resources) {
		super(servers,
				client.clientResources(resources)
					.shutdownQuietPeriod(Duration.ZERO)
					.shutdownTimeout(Duration.ofMillis(ENDING))
					.build());
		this.resources = resources;
	}

	/** Names are looked up by the JVM: the resolver of Netty takes its time to start. */
	static ShortConnections of(RedisConfiguration servers, LettuceClientConfigurationBuilder client) {
		return new ShortConnections(servers, client,
				ClientResources.builder()
					.addressResolverGroup(DefaultAddressResolverGroup.INSTANCE)
					.ioThreadPoolSize(THREADS)
					.computationThreadPoolSize(THREADS)
					.build());
	}

	@Override
	public void destroy() {
		super.destroy();
		this.resources.shutdown(0, ENDING, TimeUnit.MILLISECONDS).awaitUninterruptibly(ENDING);
	}

}
