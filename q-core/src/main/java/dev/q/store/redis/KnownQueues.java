package dev.q.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.q.job.QueueName;
import dev.q.store.redis.layout.Keyspace;
import dev.q.store.redis.layout.QueueKeys;

/**
 * The queues that there are. A queue is put on the list before its first job is stored,
 * and stays there.
 */
final class KnownQueues {

	private final RedisLink link;

	private final Keyspace keys;

	/** What this process put on the list. */
	private final Set<QueueName> listed = ConcurrentHashMap.newKeySet();

	KnownQueues(RedisLink link, Keyspace keys) {
		this.link = link;
		this.keys = keys;
	}

	/**
	 * Puts a queue on the list, if this process has not done so.
	 */
	QueueKeys listed(QueueName queue) {
		if (!this.listed.contains(queue)) {
			list(List.of(queue));
			this.listed.add(queue);
		}
		return this.keys.of(queue);
	}

	/**
	 * Puts all queues of this process on the list again, in case a server came back
	 * without them.
	 */
	void listAgain() {
		Collection<QueueName> names = List.copyOf(this.listed);
		if (!names.isEmpty()) {
			list(names);
		}
	}

	private void list(Collection<QueueName> names) {
		byte[][] values = names.stream()
			.map((name) -> name.value().getBytes(StandardCharsets.US_ASCII))
			.toArray(byte[][]::new);
		this.link.ask((commands) -> commands.sadd(this.keys.names(), values));
	}

	/** All queues of the namespace, by name. */
	List<QueueKeys> all() {
		return this.link.ask((commands) -> commands.smembers(this.keys.names()))
			.stream()
			.map((name) -> new QueueName(new String(name, StandardCharsets.US_ASCII)))
			.sorted()
			.map(this.keys::of)
			.toList();
	}

}
