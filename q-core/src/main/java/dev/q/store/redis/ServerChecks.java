package dev.q.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.q.job.QueueName;
import dev.q.store.StoreException;
import dev.q.store.redis.layout.Args;
import dev.q.store.redis.layout.Keyspace;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a server is fit to keep jobs, before the first job goes there.
 */
final class ServerChecks {

	/** What is stored, and how. A store of a later version is not touched. */
	private static final int LAYOUT = 1;

	private final RedisLink link;

	private final RedisSettings settings;

	private final RedisClusterAsyncCommands<byte[], byte[]> commands;

	private final Keyspace keyspace;

	ServerChecks(RedisLink link, RedisSettings settings, RedisClusterAsyncCommands<byte[], byte[]> commands) {
		this.link = link;
		this.settings = settings;
		this.commands = commands;
		this.keyspace = new Keyspace(settings.namespace());
	}

	/**
	 * Looks at the server, and tells the scripts what it can do. Nothing is written.
	 * @throws RedisServerException if it is not fit
	 */
	void look(Scripts scripts) {
		Map<String, String> info = info();
		if (requireVersion(info.getOrDefault("redis_version", "unknown"))) {
			scripts.useFlags();
		}
		requireNoEviction(info.getOrDefault("maxmemory_policy", "noeviction"));
		requireLayout(ask(this.commands.get(this.keyspace.layout())));
	}

	/**
	 * Notes the layout where none is, and looks whether all that is needed may be done.
	 * @throws RedisServerException if the server is not fit
	 */
	void settleIn() {
		byte[] key = this.keyspace.layout();
		byte @Nullable [] found = ask(this.commands.get(key));
		if (found == null) {
			// A server at maxmemory refuses this also where it would change nothing.
			ask(this.commands.setnx(key, Integer.toString(LAYOUT).getBytes(StandardCharsets.US_ASCII)));
			found = ask(this.commands.get(key));
		}
		requireLayout(found);
		requirePermissions();
	}

	private Map<String, String> info() {
		Map<String, String> values = new TreeMap<>();
		ask(this.commands.info()).lines().forEach((line) -> {
			int colon = line.indexOf(':');
			if (colon > 0) {
				values.put(line.substring(0, colon), line.substring(colon + 1).strip());
			}
		});
		return values;
	}

	/** Whether the server knows flags of scripts. */
	private static boolean requireVersion(String version) {
		String[] parts = version.split("\\.", -1);
		try {
			int major = Integer.parseInt(parts[0]);
			int minor = (parts.length > 1) ? Integer.parseInt(parts[1]) : 0;
			if (major < 6 || (major == 6 && minor < 2)) {
				throw new RedisServerException(
						"Q needs Redis 6.2 or later, but this server is %s. Upgrade it, or use another one"
							.formatted(version));
			}
			return major >= 7;
		}
		catch (NumberFormatException ex) {
			throw new RedisServerException(
					"Q needs Redis 6.2 or later, but this server says that it is version '%s'".formatted(version), ex);
		}
	}

	private void requireNoEviction(String policy) {
		if (!"noeviction".equals(policy) && !this.settings.allowEviction()) {
			throw new RedisServerException(
					"Redis is set up with maxmemory-policy %s, so it may throw out jobs when its memory is full. Set maxmemory-policy to noeviction, or accept the loss with q.redis.allow-eviction=true"
						.formatted(policy));
		}
	}

	/** Nothing there is as good as what this version would note. */
	private void requireLayout(byte @Nullable [] layout) {
		String found = (layout != null) ? new String(layout, StandardCharsets.US_ASCII) : Integer.toString(LAYOUT);
		if (!found.equals(Integer.toString(LAYOUT))) {
			throw new RedisServerException(
					"Namespace '%s' in Redis has layout %s, but this version of Q knows layout %d only. Upgrade this application, or set q.redis.namespace to a namespace of its own"
						.formatted(this.settings.namespace(), found, LAYOUT));
		}
	}

	/**
	 * Looks in a queue of no name that a user would choose, and leaves nothing there. A
	 * server that fails there is not fit, unless it says that it does so for a while.
	 */
	private void requirePermissions() {
		byte[][] keys = this.keyspace.of(new QueueName("q.probe")).all();
		List<String> failed = this.link.await(this.link.send(this.commands, Script.PROBE, keys, new Args()))
			.stream()
			.map((command) -> new String((byte[]) command, StandardCharsets.UTF_8))
			.toList();
		List<String> lasting = failed.stream().filter((said) -> !RedisFailures.isPassing(said)).toList();
		if (!lasting.isEmpty()) {
			throw RedisFailures.unfit(String.join(", ", lasting), null);
		}
		if (!failed.isEmpty()) {
			this.link.await(CompletableFuture.failedFuture(new RedisCommandExecutionException(failed.get(0))));
		}
	}

	private <T> T ask(CompletionStage<T> answer) throws StoreException {
		return this.link.await(answer.toCompletableFuture());
	}

}
