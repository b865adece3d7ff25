package dev.q.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.q.job.QueueName;
import dev.q.store.redis.layout.Args;
import dev.q.store.redis.layout.Keyspace;
import dev.q.store.redis.layout.QueueKeys;

/**
 * The queues that there are. A queue is put on the list before its first job is stored,
 * and stays there.
 */
final class KnownQueues {

	/** Most names in one call: a script cannot take many thousands. */
	private static final int MOST_NAMES = 1000;

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
	void list(QueueName queue) {
		if (!this.listed.contains(queue)) {
			list(List.of(queue));
			this.listed.add(queue);
		}
	}

	/** The keys of a queue that need not be on the list. */
	QueueKeys keys(QueueName queue) {
		return this.keys.of(queue);
	}

	/** The keys of a queue that is on the list. */
	QueueKeys listed(QueueName queue) {
		list(queue);
		return this.keys.of(queue);
	}

	/**
	 * Puts all queues of this process on the list again, in case a server came back
	 * without them.
	 */
	void listAgain() {
		List<QueueName> names = List.copyOf(this.listed);
		for (int from = 0; from < names.size(); from += MOST_NAMES) {
			list(names.subList(from, Math.min(from + MOST_NAMES, names.size())));
		}
	}

	private void list(Collection<QueueName> names) {
		this.link.settleIn();
		Args args = new Args();
		names.forEach((name) -> args.add(name.value()));
		this.link.call(Script.LIST, new byte[][] { this.keys.names() }, args);
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
