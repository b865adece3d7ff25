package dev.q.test.scene.host;

import java.time.Duration;

import dev.q.store.JobStore;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import dev.q.test.server.RedisSource;

/**
 * A Redis that syncs each write before it answers.
 *
 * @param server the server
 * @since 0.1
 */
public record RedisHost(RedisProcess server) implements Host {

	@Override
	public String address() {
		return String.valueOf(this.server.port());
	}

	@Override
	public JobStore open() {
		return Stores.open(this.server.port());
	}

	@Override
	public long pid() {
		return this.server.pid();
	}

	@Override
	public void kill() {
		this.server.kill();
	}

	@Override
	public void restart() {
		this.server.restart();
	}

	@Override
	public Duration longestPause() {
		return Stores.LONGEST_PAUSE;
	}

	@Override
	public boolean remembersClaims() {
		return true;
	}

	@Override
	public void close() {
		this.server.close();
	}

	/**
	 * A Redis of some version.
	 *
	 * @param source where it comes from
	 */
	public record Kind(RedisSource source) implements Host.Kind {

		@Override
		public RedisHost start() {
			return new RedisHost(RedisServers.startFrom(this.source, "appendonly yes", "appendfsync always"));
		}

		@Override
		public String toString() {
			return "Redis (%s)".formatted(this.source);
		}

	}

}
