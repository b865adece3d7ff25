package dev.q.store.redis.layout;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.q.job.QueueName;
import dev.q.job.WorkerId;

/**
 * The names of all keys and channels of one namespace. Safe for use by many threads.
 *
 * @since 0.1
 */
public final class Keyspace {

	private final String namespace;

	private final Map<QueueName, QueueKeys> queues = new ConcurrentHashMap<>();

	/**
	 * Names what a namespace holds.
	 * @param namespace what all names begin with
	 */
	public Keyspace(String namespace) {
		this.namespace = namespace;
	}

	/**
	 * The keys of a queue.
	 * @param queue the queue
	 * @return always the same object
	 */
	public QueueKeys of(QueueName queue) {
		QueueKeys known = this.queues.get(queue);
		return (known != null) ? known : this.queues.computeIfAbsent(queue,
				(name) -> new QueueKeys(this.namespace + ":{" + name + "}:", name));
	}

	/**
	 * Set of the names of all queues.
	 * @return a key
	 */
	public byte[] names() {
		return key("queues");
	}

	/**
	 * Hash of the workers that are there.
	 * @return a key
	 */
	public byte[] workers() {
		return key("workers");
	}

	/**
	 * Number of the layout.
	 * @return a key
	 */
	public byte[] layout() {
		return key("layout");
	}

	/**
	 * Where a worker is told of jobs.
	 * @param worker the worker
	 * @return a channel
	 */
	public byte[] channel(WorkerId worker) {
		return key("worker:" + worker);
	}

	/**
	 * Where all processes talk of the ends of jobs.
	 * @return a channel
	 */
	public byte[] ends() {
		return key("ends");
	}

	private byte[] key(String name) {
		return (this.namespace + ':' + name).getBytes(StandardCharsets.US_ASCII);
	}

}
