package dev.q.store.redis;

import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.q.job.Durability;
import dev.q.job.Millis;
import dev.q.store.InsertAnswer;
import dev.q.store.StoreException;
import dev.q.store.redis.layout.Keyspace;
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
			Map<Goal, List<Sent>> sent = send(wire, calls);
			Map<Goal, CompletableFuture<Long>> copies = await(sent);
			sent.forEach((goal, those) -> those.forEach(
					(one) -> answers.put(one.call(), answer(goal, one, Objects.requireNonNull(copies.get(goal))))));
		}
		catch (RuntimeException ex) {
			this.link.end(wire);
			throw ex;
		}
	}

	private Map<Goal, List<Sent>> send(Wire wire, List<InsertCall> calls) {
		Map<Goal, List<Sent>> sent = new LinkedHashMap<>();
		for (InsertCall call : calls) {
			byte[][] keys = call.keys(this.keys);
			Goal goal = new Goal(wire.to(keys[0]), (Durability.Replicated) call.durability());
			sent.computeIfAbsent(goal, (unused) -> new ArrayList<>())
				.add(new Sent(call, this.link.send(goal.commands(), call.script(), keys, call.args())));
		}
		return sent;
	}

	/**
	 * Waits once for all inserts of a goal: the waits of a connection come one after the
	 * other, so that one for each insert would take that many times as long.
	 */
	private Map<Goal, CompletableFuture<Long>> await(Map<Goal, List<Sent>> sent) {
		long longest = Millis.of(this.settings.timeout());
		for (Goal goal : sent.keySet()) {
			longest += goal.millis();
		}
		Map<Goal, CompletableFuture<Long>> copies = new HashMap<>();
		for (Map.Entry<Goal, List<Sent>> entry : sent.entrySet()) {
			CompletableFuture<?>[] stored = entry.getValue().stream().map(Sent::said).toArray(CompletableFuture[]::new);
			copies.put(entry.getKey(),
					CompletableFuture.allOf(stored)
						.thenCompose((unused) -> entry.getKey().reached())
						.orTimeout(longest, TimeUnit.MILLISECONDS));
		}
		return copies;
	}

	private InsertAnswer answer(Goal goal, Sent sent, CompletableFuture<Long> copies) {
		InsertAnswer answer = sent.call().answer(this.link.await(sent.said()));
		if (answer instanceof InsertAnswer.Accepted accepted
				&& accepted.jobs().stream().anyMatch((entry) -> entry.stored() || entry.changed())) {
			int wanted = goal.wanted().replicas();
			int reached = (int) Math.min(this.link.await(copies), Integer.MAX_VALUE);
			return (reached < wanted) ? new InsertAnswer.NotReplicated(accepted.jobs(), wanted, reached) : answer;
		}
		return answer;
	}

	/**
	 * What several inserts wait for together.
	 *
	 * @param commands the way to the server that stores them
	 * @param wanted how many copies, and for how long to wait for them
	 */
	private record Goal(RedisClusterAsyncCommands<byte[], byte[]> commands, Durability.Replicated wanted) {

		long millis() {
			return Millis.of(this.wanted.timeout());
		}

		CompletionStage<Long> reached() {
			return this.commands.waitForReplication(this.wanted.replicas(), millis());
		}

	}

	/**
	 * An insert under way.
	 *
	 * @param said what the script says
	 */
	private record Sent(InsertCall call, CompletableFuture<List<Object>> said) {
	}

}
