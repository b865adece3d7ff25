package dev.q.store.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.ClusterStore;
import dev.q.store.WorkerInfo;
import dev.q.store.redis.layout.Args;
import dev.q.store.redis.layout.ByteReader;
import dev.q.store.redis.layout.ByteWriter;
import dev.q.store.redis.layout.Keyspace;

/**
 * The register of workers in Redis: one hash, whose entries bear the time until which
 * they hold.
 */
final class RedisClusterStore implements ClusterStore {

	/** No queue is named like this. Behind it stand those that are exclusive. */
	private static final String END_OF_QUEUES = "";

	private final RedisLink link;

	private final KnownQueues queues;

	private final byte[][] register;

	RedisClusterStore(RedisLink link, Keyspace keys, KnownQueues queues) {
		this.link = link;
		this.queues = queues;
		this.register = new byte[][] { keys.workers() };
	}

	@Override
	public void announce(WorkerInfo worker, Duration timeToLive) {
		this.link.settleIn();
		this.queues.listAgain();
		this.link.call(Script.ANNOUNCE, this.register,
				new Args().add(worker.id().value()).add(timeToLive).add(encode(worker)));
	}

	@Override
	public void withdraw(WorkerId worker) {
		this.link.ask((commands) -> commands.hdel(this.register[0], new Args().add(worker.value()).toArray()[0]));
	}

	@Override
	public List<WorkerInfo> workers() {
		return this.link.call(Script.WORKERS, this.register, new Args())
			.stream()
			.map((info) -> decode((byte[]) info))
			.sorted(Comparator.comparing((worker) -> worker.id().value()))
			.toList();
	}

	/** Those whose leases run out without blame. */
	List<String> draining() {
		return workers().stream()
			.filter((worker) -> worker.state() == WorkerInfo.State.DRAINING)
			.map((worker) -> worker.id().value())
			.toList();
	}

	private static byte[] encode(WorkerInfo worker) {
		ByteWriter out = new ByteWriter().text(worker.id().value())
			.text(worker.host())
			.instant(worker.startedAt())
			.text(worker.state().name())
			.number(worker.slots(), 4)
			.number(worker.running(), 4);
		worker.queues().forEach((queue) -> out.text(queue.value()));
		if (!worker.exclusive().isEmpty()) {
			out.text(END_OF_QUEUES);
			worker.exclusive().forEach((queue) -> out.text(queue.value()));
		}
		return out.toByteArray();
	}

	private static WorkerInfo decode(byte[] bytes) {
		ByteReader in = new ByteReader(bytes, 0);
		WorkerId id = new WorkerId(in.text());
		String host = in.text();
		Instant startedAt = in.instant();
		WorkerInfo.State state = WorkerInfo.State.valueOf(in.text());
		int slots = (int) in.number(4);
		int running = (int) in.number(4);
		List<QueueName> queues = new ArrayList<>();
		Set<QueueName> exclusive = new HashSet<>();
		Collection<QueueName> next = queues;
		while (!in.isAtEnd()) {
			String name = in.text();
			if (name.equals(END_OF_QUEUES)) {
				next = exclusive;
			}
			else {
				next.add(new QueueName(name));
			}
		}
		return new WorkerInfo(id, host, startedAt, state, queues, exclusive, slots, running);
	}

}
