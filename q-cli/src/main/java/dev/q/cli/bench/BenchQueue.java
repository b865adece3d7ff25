package dev.q.cli.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.q.job.QException;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.ClusterStore;
import dev.q.store.JobCatalog;
import dev.q.store.PauseMode;
import dev.q.store.QueueStats;
import dev.q.store.WorkerInfo;

/**
 * A queue that nobody else uses. Stores remember the name of each queue that ever had a
 * job, and look there again and again, so measurements share sixteen names. Who draws one
 * says so in the register of workers and then looks again, so that of two who draw the
 * same one at once the later sees the other, or each does: who does draws again.
 */
final class BenchQueue implements AutoCloseable {

	static final String PREFIX = "q-bench-";

	/**
	 * For stores that are several in one: no queue of measurements has one of its own.
	 */
	static final QueueName ANY = new QueueName(PREFIX + "0");

	private static final int NAMES = 16;

	/** Until the worker of the measurement has said that it works the queue. */
	private static final Duration TIME_TO_LIVE = Duration.ofMinutes(1);

	private final ClusterStore register;

	private final WorkerInfo holder;

	private BenchQueue(ClusterStore register, WorkerInfo holder) {
		this.register = register;
		this.holder = holder;
	}

	/**
	 * Takes one of the free ones.
	 * @param catalog tells which hold jobs
	 * @param register tells which are worked, and is told of this one
	 * @param random draws
	 * @return to be closed when no job is in it any more
	 * @throws QException if there is none
	 */
	static BenchQueue reserve(JobCatalog catalog, ClusterStore register, RandomGenerator random) {
		WorkerId id = new WorkerId("bench-%016x".formatted(random.nextLong()));
		for (int draws = 0; draws < NAMES; draws++) {
			BenchQueue drawn = new BenchQueue(register, holder(id, draw(catalog, register, random)));
			register.announce(drawn.holder, TIME_TO_LIVE);
			if (drawn.isHeldAlone()) {
				return drawn;
			}
			drawn.close();
		}
		throw none();
	}

	private static QueueName draw(JobCatalog catalog, ClusterStore register, RandomGenerator random) {
		JobCatalog.Page<QueueStats> known = catalog.queues(PREFIX, 2 * NAMES, null);
		Set<QueueName> taken = Stream
			.concat(known.items().stream().filter((queue) -> !isUnused(queue)).map(QueueStats::queue),
					register.workers().stream().flatMap((worker) -> worker.queues().stream()))
			.collect(Collectors.toSet());
		List<QueueName> free = IntStream.range(0, NAMES)
			.mapToObj((i) -> new QueueName(PREFIX + Integer.toHexString(i)))
			.filter((name) -> !taken.contains(name))
			.toList();
		if (free.isEmpty()) {
			throw none();
		}
		return free.get(random.nextInt(free.size()));
	}

	private static QException none() {
		return new QException(
				"All queues from %s0 to %sf are worked or hold jobs of measurements that were killed. Delete those jobs"
					.formatted(PREFIX, PREFIX));
	}

	/** For people it is a worker that takes nothing. */
	private static WorkerInfo holder(WorkerId id, QueueName queue) {
		return new WorkerInfo(id, "bench", Instant.EPOCH, WorkerInfo.State.DRAINING, List.of(queue), Set.of(), 0, 0);
	}

	private boolean isHeldAlone() {
		return this.register.workers()
			.stream()
			.filter((worker) -> worker.queues().contains(name()))
			.allMatch((worker) -> worker.id().equals(this.holder.id()));
	}

	/** Which one. */
	QueueName name() {
		return this.holder.queues().get(0);
	}

	/**
	 * Gives it back. Harmless if that was done.
	 */
	@Override
	public void close() {
		this.register.withdraw(this.holder.id());
	}

	private static boolean isUnused(QueueStats queue) {
		return jobs(queue) == 0 && queue.pause().mode() == PauseMode.NONE;
	}

	/** How many jobs a queue holds, in whatever state. */
	static long jobs(QueueStats queue) {
		return queue.counts().values().stream().mapToLong(Long::longValue).sum();
	}

}
