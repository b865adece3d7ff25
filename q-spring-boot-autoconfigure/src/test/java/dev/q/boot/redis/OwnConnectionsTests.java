package dev.q.boot.redis;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.DnsResolver;
import io.lettuce.core.resource.SocketAddressResolver;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.HotSwappableTargetSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisSocketConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.RedisCredentialsProviderFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OwnConnectionsTests {

	private static final RedisStandaloneConfiguration STANDALONE = new RedisStandaloneConfiguration("somewhere", 7001);

	private static final RedisClusterConfiguration CLUSTER = new RedisClusterConfiguration(
			List.of("two:7002", "one:7001"));

	@Test
	void theServerAndTheLoginAreTheApplications() {
		RedisStandaloneConfiguration servers = new RedisStandaloneConfiguration("somewhere", 7001);
		servers.setUsername("ada");
		servers.setPassword("secret-word");
		servers.setDatabase(3);

		LettuceConnectionFactory own = like(new LettuceConnectionFactory(servers));

		assertThat(own.getStandaloneConfiguration()).isEqualTo(servers);
		assertThat(new ServerAddress(servers)).hasToString("somewhere:7001");
	}

	@Test
	void aFactoryOfAnUnnamedKindTellsItsServerToo() {
		RedisConfiguration servers = LettuceConnectionFactory
			.createRedisConfiguration(RedisURI.create("redis://ada:secret-word@somewhere:7001/3"));

		LettuceConnectionFactory own = like(new LettuceConnectionFactory(servers));

		assertThat(own.getStandaloneConfiguration().getHostName()).isEqualTo("somewhere");
		assertThat(own.getStandaloneConfiguration().getUsername()).isEqualTo("ada");
		assertThat(own.getDatabase()).isEqualTo(3);
	}

	@Test
	void sentinelsClusterAndSocketAreTheApplications() {
		RedisSentinelConfiguration sentinels = new RedisSentinelConfiguration("mine", Set.of("two:7002", "one:7001"));
		RedisSocketConfiguration socket = new RedisSocketConfiguration("/run/redis.sock");

		assertThat(like(new LettuceConnectionFactory(sentinels)).getSentinelConfiguration()).isEqualTo(sentinels);
		assertThat(like(new LettuceConnectionFactory(CLUSTER)).getClusterConfiguration()).isEqualTo(CLUSTER);
		assertThat(like(new LettuceConnectionFactory(socket)).getSocketConfiguration()).isEqualTo(socket);
		assertThat(new ServerAddress(sentinels)).hasToString("master mine of sentinels one:7001, two:7002");
		assertThat(new ServerAddress(CLUSTER)).hasToString("cluster one:7001, two:7002");
		assertThat(new ServerAddress(socket)).hasToString("/run/redis.sock");
	}

	@Test
	void aProxiedFactoryTellsItsServersToo() {
		ProxyFactory proxy = new ProxyFactory();
		proxy.setProxyTargetClass(true);
		proxy.setTargetSource(new HotSwappableTargetSource(new LettuceConnectionFactory(CLUSTER)));

		assertThat(like((LettuceConnectionFactory) proxy.getProxy()).getClusterConfiguration()).isEqualTo(CLUSTER);
	}

	@Test
	void aFixedListOfServersIsRefusedEvenWithoutALogin() {
		LettuceConnectionFactory factory = new LettuceConnectionFactory(
				new RedisStaticMasterReplicaConfiguration("somewhere", 7001));

		assertThatExceptionOfType(RedisSetupException.class).isThrownBy(() -> like(factory))
			.withMessageContaining("failover");
	}

	@Test
	void encryptionAndIdentityAreTheApplications() {
		SslOptions ssl = SslOptions.builder().protocols("TLSv1.3").build();
		RedisCredentialsProviderFactory credentials = new RedisCredentialsProviderFactory() {
		};
		LettuceClientConfiguration application = LettuceClientConfiguration.builder()
			.clientOptions(ClientOptions.builder().sslOptions(ssl).protocolVersion(ProtocolVersion.RESP2).build())
			.clientName("shop")
			.redisCredentialsProviderFactory(credentials)
			.useSsl()
			.verifyPeer(SslVerifyMode.CA)
			.startTls()
			.build();

		LettuceClientConfiguration own = like(application);

		assertThat(own.isUseSsl()).isTrue();
		assertThat(own.isStartTls()).isTrue();
		assertThat(own.getVerifyMode()).isEqualTo(SslVerifyMode.CA);
		assertThat(own.getClientName()).contains("shop");
		assertThat(own.getRedisCredentialsProviderFactory()).containsSame(credentials);
		assertThat(options(own).getSslOptions()).isSameAs(ssl);
		assertThat(options(own).getConfiguredProtocolVersion()).isEqualTo(ProtocolVersion.RESP2);
	}

	@Test
	void addressesAreResolvedAlikeButNoThreadIsShared() {
		ClientResources resources = DefaultClientResources.builder()
			.socketAddressResolver(SocketAddressResolver.create(DnsResolver.unresolved()))
			.build();
		LettuceConnectionFactory own = like(new LettuceConnectionFactory(STANDALONE,
				LettuceClientConfiguration.builder().clientResources(resources).build()));
		ClientResources owned = own.getClientConfiguration().getClientResources().orElseThrow();

		assertThat(owned.socketAddressResolver()).isSameAs(resources.socketAddressResolver());
		assertThat(owned.eventLoopGroupProvider()).isNotSameAs(resources.eventLoopGroupProvider());
		assertThat(owned.reconnectDelay().createDelay(100)).isLessThanOrEqualTo(Duration.ofSeconds(2));

		own.destroy();

		assertThat(owned.eventExecutorGroup().isShutdown()).isTrue();
		assertThat(resources.eventExecutorGroup().isShutdown()).isFalse();
		assertThat(resources.shutdown(0, 5, TimeUnit.SECONDS).awaitUninterruptibly().isSuccess()).isTrue();
	}

	@Test
	void promisesOfQDoNotDependOnWhatTheApplicationWants() {
		Predicate<RedisCommand<?, ?, ?>> all = (command) -> true;
		LettuceClientConfiguration application = LettuceClientConfiguration.builder()
			.clientOptions(ClientOptions.builder()
				.autoReconnect(false)
				.disconnectedBehavior(DisconnectedBehavior.ACCEPT_COMMANDS)
				.timeoutOptions(TimeoutOptions.create())
				.suspendReconnectOnProtocolFailure(true)
				.replayFilter(all)
				.build())
			.commandTimeout(Duration.ofMinutes(1))
			.readFrom(ReadFrom.REPLICA)
			.build();

		LettuceClientConfiguration own = like(application);

		assertThat(own.getCommandTimeout()).isEqualTo(Duration.ofSeconds(7));
		assertThat(own.getReadFrom()).isEmpty();
		assertThat(options(own).isAutoReconnect()).isTrue();
		assertThat(options(own).getDisconnectedBehavior()).isEqualTo(DisconnectedBehavior.REJECT_COMMANDS);
		assertThat(options(own).getTimeoutOptions().isTimeoutCommands()).isTrue();
		assertThat(options(own).getTimeoutOptions().isApplyConnectionTimeout()).isTrue();
		assertThat(options(own).isSuspendReconnectOnProtocolFailure()).isFalse();
		assertThat(options(own).getRequestQueueSize()).isEqualTo(100);
		assertThat(options(own).getReplayFilter()).isNotSameAs(all);
		assertThat(options(application).isAutoReconnect()).isFalse();
		assertThat(options(application).getRequestQueueSize()).isEqualTo(Integer.MAX_VALUE);
	}

	@Test
	void aDeadServerIsNoticedSoonerUnlessTheApplicationHasSetHow() {
		SocketOptions set = SocketOptions.builder()
			.connectTimeout(Duration.ofSeconds(9))
			.keepAlive(SocketOptions.KeepAliveOptions.builder().idle(Duration.ofSeconds(99)).build())
			.build();

		SocketOptions usual = options(like(LettuceClientConfiguration.defaultConfiguration())).getSocketOptions();
		SocketOptions own = options(like(LettuceClientConfiguration.builder()
			.clientOptions(ClientOptions.builder().socketOptions(set).build())
			.build())).getSocketOptions();

		assertThat(usual.getConnectTimeout()).isEqualTo(Duration.ofSeconds(2));
		assertThat(usual.getKeepAlive().getIdle()).isEqualTo(Duration.ofSeconds(4));
		assertThat(own.getConnectTimeout()).isEqualTo(Duration.ofSeconds(9));
		assertThat(own.getKeepAlive().getIdle()).isEqualTo(Duration.ofSeconds(99));
	}

	@Test
	void theMapOfAClusterIsRefreshedEvenIfTheApplicationsIsNot() {
		ClientOptions usual = options(like(new LettuceConnectionFactory(CLUSTER)).getClientConfiguration());
		ClusterTopologyRefreshOptions hourly = ClusterTopologyRefreshOptions.builder()
			.enablePeriodicRefresh(Duration.ofHours(1))
			.build();
		LettuceClientConfiguration application = LettuceClientConfiguration.builder()
			.clientOptions(ClusterClientOptions.builder().topologyRefreshOptions(hourly).maxRedirects(9).build())
			.build();
		ClientOptions set = options(like(new LettuceConnectionFactory(CLUSTER, application)).getClientConfiguration());

		assertThat(usual).isInstanceOfSatisfying(ClusterClientOptions.class, (options) -> {
			assertThat(options.getTopologyRefreshOptions().isPeriodicRefreshEnabled()).isTrue();
			assertThat(options.getTopologyRefreshOptions().getRefreshPeriod()).isEqualTo(Duration.ofSeconds(10));
			assertThat(options.getTopologyRefreshOptions().getAdaptiveRefreshTriggers()).isNotEmpty();
			assertThat(options.getDisconnectedBehavior()).isEqualTo(DisconnectedBehavior.REJECT_COMMANDS);
		});
		assertThat(set).isInstanceOfSatisfying(ClusterClientOptions.class, (options) -> {
			assertThat(options.getTopologyRefreshOptions()).isSameAs(hourly);
			assertThat(options.getMaxRedirects()).isEqualTo(9);
		});
	}

	@Test
	void customizersComeAfterQsDefaultsButNotOverItsPromises() {
		QLettuceCustomizer first = (client, options) -> {
			client.clientName("first").clientOptions(ClientOptions.create());
			options.requestQueueSize(200).disconnectedBehavior(DisconnectedBehavior.ACCEPT_COMMANDS);
		};
		QLettuceCustomizer second = (client, options) -> client.clientName("second");

		LettuceClientConfiguration own = like(new LettuceConnectionFactory(STANDALONE), first, second)
			.getClientConfiguration();

		assertThat(own.getClientName()).contains("second");
		assertThat(options(own).getRequestQueueSize()).isEqualTo(200);
		assertThat(options(own).getDisconnectedBehavior()).isEqualTo(DisconnectedBehavior.REJECT_COMMANDS);
	}

	private static LettuceClientConfiguration like(LettuceClientConfiguration application) {
		return like(new LettuceConnectionFactory(STANDALONE, application)).getClientConfiguration();
	}

	private static LettuceConnectionFactory like(LettuceConnectionFactory application,
			QLettuceCustomizer... customizers) {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerSingleton("application", application);
		return new OwnConnections(new OwnClientOptions(100), Duration.ofSeconds(7), List.of(customizers))
			.like(ApplicationConnections.of(beans.getBeanProvider(RedisConnectionFactory.class)));
	}

	private static ClientOptions options(LettuceClientConfiguration configuration) {
		return configuration.getClientOptions().orElseThrow();
	}

}
