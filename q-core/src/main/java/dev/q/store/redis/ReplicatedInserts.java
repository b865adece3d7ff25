package dev.q.store.redis;

import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.q.job.Durability;
import dev.q.store.InsertAnswer;
import dev.q.store.StoreException;
import dev.q.store.redis.layout.Keyspace;
import dev.q.store.redis.layout.Millis;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;

/**
 * Stores jobs and waits until replicas have them, by the command {@code WAIT}. That one
 * blocks its connection and counts what was written over it, so these inserts have
 * connections of their own, a few at most.
 */
final class ReplicatedInserts {

	/** Calls of equal durability share a write, so that few are under way at once. */
	private static final int MOST_CONNECTIONS = 4;

	private final RedisLink link;

	private final RedisSettings settings;

	private final Keyspace keys;

	private final Semaphore permits = new Semaphore(MOST_CONNECTIONS, true);

	private final Deque<Wire> idle = new ConcurrentLinkedDeque<>();

	ReplicatedInserts(RedisLink link, RedisSettings settings, Keyspace keys) {
		this.link = link;
		this.settings = settings;
		this.keys = keys;
	}

	/**
	 * Stores groups, each with the durability of its first job, which is that of all.
	 * @throws StoreException if the server does not answer, or answers with an error
	 */
	void insert(List<InsertCall> calls, Map<InsertCall, InsertAnswer> answers) {
		acquire();
		try {
			Wire wire = take();
			insert(wire, calls, answers);
			this.idle.push(wire);
		}
		finally {
			this.permits.release();
		}
	}

	private void acquire() {
		try {
			if (!this.permits.tryAcquire(this.settings.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
				throw new StoreException(
						"All %d connections for replicated inserts were busy for %s. Nothing was stored; wait for fewer copies, or for a shorter time"
							.formatted(MOST_CONNECTIONS, this.settings.timeout()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StoreException("Interrupted while waiting for a connection. Nothing was stored", ex);
		}
	}

	private Wire take() {
		Wire known = this.idle.poll();
		while (known != null && !known.connection().isOpen()) {
			this.link.end(known);
			known = this.idle.poll();
		}
		return (known != null) ? known : this.link.dedicate();
	}

	/** After a failure the connection is not used again: something may still be in it. */
	private void insert(Wire wire, List<InsertCall> calls, Map<InsertCall, InsertAnswer> answers) {
		try {
			List<Sent> sent = calls.stream().map((call) -> send(wire, call)).toList();
			sent.forEach((call) -> answers.put(call.call(), call.answer(this.link)));
		}
		catch (RuntimeException ex) {
			this.link.end(wire);
			throw ex;
		}
	}

	private Sent send(Wire wire, InsertCall call) {
		Durability.Replicated wanted = (Durability.Replicated) call.durability();
		byte[][] keys = call.keys(this.keys);
		RedisClusterAsyncCommands<byte[], byte[]> commands = wire.to(keys[0]);
		CompletableFuture<List<Object>> said = this.link.send(commands, call.script(), keys, call.args());
		Duration longest = wanted.timeout().plus(this.settings.timeout());
		CompletableFuture<Long> reached = said
			.thenCompose((stored) -> commands.waitForReplication(wanted.replicas(), Millis.of(wanted.timeout())))
			.orTimeout(Millis.of(longest), TimeUnit.MILLISECONDS);
		return new Sent(call, wanted, said, reached);
	}

	/**
	 * An insert under way.
	 *
	 * @param wanted how many copies, and for how long to wait for them
	 * @param said what the script says
	 * @param reached how many copies there are
	 */
	private record Sent(InsertCall call, Durability.Replicated wanted, CompletableFuture<List<Object>> said,
			CompletableFuture<Long> reached) {

		InsertAnswer answer(RedisLink link) {
			InsertAnswer answer = this.call.answer(link.await(this.said));
			if (answer instanceof InsertAnswer.Accepted accepted) {
				int copies = (int) Math.min(link.await(this.reached), Integer.MAX_VALUE);
				return (copies < this.wanted.replicas())
						? new InsertAnswer.NotReplicated(accepted.jobs(), this.wanted.replicas(), copies) : answer;
			}
			return answer;
		}

	}

}
