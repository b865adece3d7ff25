package dev.q.store.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.q.job.Job;
import dev.q.store.JobStore;
import dev.q.store.MaintenanceStore;
import dev.q.store.Retention;
import dev.q.store.StoreException;
import dev.q.store.ends.AwaitedJobs;
import dev.q.store.redis.layout.Args;
import dev.q.store.redis.layout.JobView;
import dev.q.store.redis.layout.QueueKeys;

/**
 * Keeping jobs in Redis in order. First all queues are asked together whether there is
 * anything to do, then those where there is are gone through.
 */
final class RedisMaintenanceStore implements MaintenanceStore {

	/** Most jobs that one script handles, so that it holds the server only briefly. */
	private static final int MOST_JOBS = 500;

	/** Most jobs that one script brings, as each may be large. */
	private static final int MOST_VIEWS = 100;

	/** Places in the answer of the script {@code due}. */
	private static final int DELAYED = 0;

	private static final int LEASES = 1;

	private static final int EXPIRING = 2;

	private final RedisLink link;

	private final KnownQueues queues;

	private final RedisClusterStore cluster;

	private final AwaitedJobs awaited;

	RedisMaintenanceStore(RedisLink link, KnownQueues queues, RedisClusterStore cluster, AwaitedJobs awaited) {
		this.awaited = awaited;
		this.link = link;
		this.queues = queues;
		this.cluster = cluster;
	}

	@Override
	public int promoteDue(int limit) {
		return eachOf(due(DELAYED), MOST_JOBS, limit, (queue, room) -> {
			Args args = new Args().add(room);
			return ((Long) this.link.call(Script.PROMOTE_DUE, queue.all(), args).get(0)).intValue();
		});
	}

	@Override
	public List<Job> recoverExpired(int limit) {
		List<QueueKeys> due = due(LEASES);
		List<String> draining = due.isEmpty() ? List.of() : this.cluster.draining();
		List<Job> recovered = new ArrayList<>();
		eachOf(due, MOST_VIEWS, limit, (queue, room) -> {
			Args args = new Args().add(room);
			draining.forEach(args::add);
			return jobs(queue, this.link.call(Script.RECOVER, queue.all(), args), recovered);
		});
		this.awaited.maintained(recovered);
		return recovered;
	}

	@Override
	public List<Job> expire(int limit) {
		List<Job> expired = new ArrayList<>();
		eachOf(due(EXPIRING), MOST_VIEWS, limit, (queue, room) -> jobs(queue,
				this.link.call(Script.EXPIRE, queue.all(), new Args().add(room)), expired));
		this.awaited.maintained(expired);
		return expired;
	}

	private static int jobs(QueueKeys queue, List<Object> views, List<Job> jobs) {
		jobs.addAll(Views.readable(queue.queue(), views, JobView::job));
		return views.size();
	}

	@Override
	public int purge(Retention retention, int limit) {
		return eachOf(this.queues.all(), MOST_JOBS, limit, (queue, room) -> {
			Args args = new Args().add(room)
				.add(retention.keepsSucceeded() ? retention.succeededPerQueue() : 0)
				.add(retention.succeeded())
				.add(retention.cancelled())
				.add(retention.expired())
				.add(retention.dead());
			return ((Long) this.link.call(Script.PURGE, queue.all(), args).get(0)).intValue();
		});
	}

	/** The queues where something has to be done. */
	private List<QueueKeys> due(int kind) {
		List<QueueKeys> all = this.queues.all();
		List<CompletableFuture<List<Object>>> said = all.stream()
			.map((queue) -> this.link.send(Script.DUE, queue.all(), new Args()))
			.toList();
		return IntStream.range(0, all.size()).filter((i) -> isDue(said.get(i), kind)).mapToObj(all::get).toList();
	}

	/**
	 * A queue whose server fails is gone to all the same: there it will come to light.
	 */
	private boolean isDue(CompletableFuture<List<Object>> said, int kind) {
		try {
			return ((Long) this.link.await(said).get(kind)) > 0;
		}
		catch (StoreException ex) {
			return true;
		}
	}

	/**
	 * Goes from queue to queue. One whose server fails, as in a cluster one alone may,
	 * does not keep the others waiting.
	 * @throws StoreException if there was a failure and nothing was done
	 */
	private static int eachOf(List<QueueKeys> queues, int piece, int limit, Task task) {
		JobStore.requireLimit(limit);
		int done = 0;
		StoreException failure = null;
		for (QueueKeys queue : queues) {
			try {
				int room;
				int count;
				do {
					room = Math.min(limit - done, piece);
					count = (room > 0) ? task.runOnce(queue, room) : 0;
					done += count;
				}
				while (count > 0 && count == room);
			}
			catch (StoreException ex) {
				failure = ex;
			}
		}
		if (failure != null && done == 0) {
			throw failure;
		}
		return done;
	}

	/**
	 * A piece of work on one queue.
	 */
	@FunctionalInterface
	private interface Task {

		int runOnce(QueueKeys queue, int room);

	}

}
