package dev.q.boot.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.event.connection.ConnectionActivatedEvent;
import io.lettuce.core.event.connection.DisconnectedEvent;
import io.lettuce.core.protocol.ProtocolVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a command when its connection breaks.
 */
@Timeout(60)
class BrokenConnectionTests {

	/** Less than a command may take, which is a minute here. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void aCommandThatWasOnItsWayFailsAtOnceAndIsNotSentAgain() throws Exception {
		try (BreakingServer server = new BreakingServer()) {
			LettuceConnectionFactory own = own(server.port());
			own.start();
			try {
				RedisClient client = (RedisClient) own.getRequiredNativeClient();
				RedisAsyncCommands<String, String> commands = client.connect().async();
				CompletableFuture<?> back = client.getResources()
					.eventBus()
					.get()
					// The first connection may be told of only now.
					.skipUntil(DisconnectedEvent.class::isInstance)
					.filter(ConnectionActivatedEvent.class::isInstance)
					.next()
					.toFuture();

				CompletableFuture<String> lost = commands.set("claim", "1").toCompletableFuture();

				assertThat(lost).failsWithin(PATIENCE)
					.withThrowableThat()
					.havingCause()
					.isInstanceOf(RedisException.class)
					.withMessageContaining("disconnected");
				back.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
				assertThat(commands.set("next", "2").toCompletableFuture()).succeedsWithin(PATIENCE).isEqualTo("OK");
				assertThat(server.sets()).containsExactly(List.of("SET", "claim", "1"), List.of("SET", "next", "2"));
			}
			finally {
				own.destroy();
			}
		}
	}

	private static LettuceConnectionFactory own(int port) {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerSingleton("application",
				new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", port),
						LettuceClientConfiguration.builder()
							.clientOptions(ClientOptions.builder().protocolVersion(ProtocolVersion.RESP2).build())
							.build()));
		return new OwnConnections(new OwnClientOptions(100), Duration.ofMinutes(1), List.of())
			.like(ApplicationConnections.of(beans.getBeanProvider(RedisConnectionFactory.class)));
	}

}
