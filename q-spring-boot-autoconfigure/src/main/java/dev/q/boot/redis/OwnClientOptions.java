package dev.q.boot.redis;

import java.time.Duration;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.SocketOptions.TcpUserTimeoutOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.resource.EpollProvider;
import io.lettuce.core.resource.IOUringProvider;

/**
 * The client options of the application, changed so that Q can keep its promises: a
 * command ends within the timeout, a server that is gone is noticed, and what waits for
 * an answer is bounded.
 */
final class OwnClientOptions {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	/** A dead server is noticed within four times this. */
	private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

	private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(10);

	private final int requestQueueSize;

	OwnClientOptions(int requestQueueSize) {
		this.requestQueueSize = requestQueueSize;
	}

	/**
	 * The application's options with Q's changes, to be changed further.
	 */
	ClientOptions.Builder builder(ClientOptions application, boolean cluster) {
		ClientOptions.Builder builder = cluster ? cluster(ClusterClientOptions.builder(application))
				: application.mutate();
		return builder.socketOptions(socket(application.getSocketOptions()))
			.timeoutOptions(TimeoutOptions.enabled())
			.requestQueueSize(this.requestQueueSize)
			.suspendReconnectOnProtocolFailure(false)
			// Would stretch the timeout, and is a command more to be permitted.
			.maintNotificationsConfig(MaintNotificationsConfig.disabled());
	}

	/**
	 * Options on which Q's promises depend come last. Commands that are on their way when
	 * a connection breaks fail at once, for the sake of "reject", and are not sent again:
	 * a claim that ran twice would take jobs that nobody works. Lettuce's filter of
	 * replays would not do: it only covers commands that were never sent, and a command
	 * that it holds back is never answered.
	 */
	ClientOptions build(ClientOptions.Builder builder) {
		return builder.autoReconnect(true)
			.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
			.replayFilter((command) -> false)
			.build();
	}

	private static ClientOptions.Builder cluster(ClusterClientOptions.Builder builder) {
		ClusterTopologyRefreshOptions application = builder.build().getTopologyRefreshOptions();
		if (application.isPeriodicRefreshEnabled()) {
			return builder;
		}
		return builder.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
			.adaptiveRefreshTriggersTimeout(application.getAdaptiveRefreshTimeout())
			.closeStaleConnections(application.isCloseStaleConnections())
			.dynamicRefreshSources(application.useDynamicRefreshSources())
			.refreshTriggersReconnectAttempts(application.getRefreshTriggersReconnectAttempts())
			.enablePeriodicRefresh(TOPOLOGY_REFRESH)
			.build());
	}

	/**
	 * What the application has set stays. What it has not is made stricter than Lettuce
	 * has it: 10 s to connect, and 52 s to notice that a server is gone.
	 */
	private static SocketOptions socket(SocketOptions application) {
		SocketOptions.Builder builder = application.mutate();
		if (application.getConnectTimeout().equals(SocketOptions.DEFAULT_CONNECT_TIMEOUT_DURATION)) {
			builder.connectTimeout(CONNECT_TIMEOUT);
		}
		if (application.isKeepAlive() && application.getKeepAlive().getIdle().equals(KeepAliveOptions.DEFAULT_IDLE)) {
			builder.keepAlive(KeepAliveOptions.builder().enable().idle(KEEP_ALIVE).interval(KEEP_ALIVE).build());
		}
		if (!application.isEnableTcpUserTimeout() && hasNativeTransport()) {
			builder.tcpUserTimeout(
					TcpUserTimeoutOptions.builder().enable().tcpUserTimeout(KEEP_ALIVE.multipliedBy(4)).build());
		}
		return builder.build();
	}

	private static boolean hasNativeTransport() {
		return EpollProvider.isAvailable() || IOUringProvider.isAvailable();
	}

}
