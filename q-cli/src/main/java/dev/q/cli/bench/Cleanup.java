package dev.q.cli.bench;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import dev.q.job.Job;
import dev.q.job.QException;
import dev.q.job.QueueName;
import dev.q.ports.EngineClock;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.JobWalk;
import dev.q.store.Retention;

/**
 * Deletes all jobs of a queue, within a limited time.
 */
final class Cleanup {

	static final Duration MOST = Duration.ofMinutes(1);

	private static final long REST = Duration.ofMillis(500).toNanos();

	/** So many between two looks at the clock. */
	private static final int PIECE = 500;

	/** Longer than anybody keeps anything. */
	private static final Duration AGES = Duration.ofDays(10_000);

	private static final Retention ENDLESS = new Retention(AGES, Integer.MAX_VALUE, AGES, AGES, AGES);

	private final JobStore store;

	private final QueueName queue;

	private final OwnUpkeep upkeep;

	private final EngineClock clock;

	private final Consumer<String> notes;

	Cleanup(JobStore store, OwnUpkeep upkeep, EngineClock clock, Consumer<String> notes) {
		this.store = store;
		this.queue = upkeep.queue();
		this.upkeep = upkeep;
		this.clock = clock;
		this.notes = notes;
	}

	/**
	 * Does it. What could not be deleted is said.
	 * @return whether nothing is left
	 */
	boolean run() {
		// An end that somebody asks for begins with this, rather than leaving it out.
		boolean interrupted = Thread.interrupted();
		try {
			return runUninterrupted();
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private boolean runUninterrupted() {
		long end = this.clock.nanoTime() + MOST.toNanos();
		String trouble;
		do {
			try {
				if (deleteUntil(end)) {
					return true;
				}
				trouble = "the time for it is over";
			}
			catch (QException ex) {
				trouble = String.valueOf(ex.getMessage());
				LockSupport.parkNanos(REST);
			}
		}
		while (!isOver(end));
		this.notes.accept("Jobs of this measurement are left in queue %s, since %s. Delete the jobs of that queue"
			.formatted(this.queue, trouble));
		return false;
	}

	/** Whether the queue is empty now. */
	private boolean deleteUntil(long end) {
		// A search may look through all jobs, so it comes last.
		return deleteEnded(end) && deleteReady(end) && deleteRest(end) && left() == 0 && takeDownEmptiness();
	}

	private boolean deleteEnded(long end) {
		while (this.upkeep.purge(Retention.NOTHING, PIECE) > 0) {
			if (isOver(end)) {
				return false;
			}
		}
		return true;
	}

	private boolean deleteReady(long end) {
		while (!isOver(end)) {
			List<Job> ready = this.store.catalog().peek(this.queue, PIECE, JobCatalog.End.OLDEST);
			if (ready.isEmpty()) {
				return true;
			}
			this.store.control().delete(ready.stream().map(Job::id).toList());
			// To count throws places away that deleted jobs have left.
			left();
		}
		return false;
	}

	private boolean deleteRest(long end) {
		JobWalk all = this.store.catalog().walk(new JobCatalog.Query(Set.of(), this.queue, null));
		String cursor = null;
		while (!isOver(end)) {
			JobCatalog.Page<Job> page = all.page(PIECE, cursor);
			this.store.control().delete(page.items().stream().map(Job::id).toList());
			cursor = page.next();
			if (cursor == null) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Deletes nothing, but takes down since when the queue is empty, so that it is soon
	 * listed no more, even if no application keeps this store in order.
	 */
	private boolean takeDownEmptiness() {
		this.store.maintenance().purge(ENDLESS, 1);
		return true;
	}

	private boolean isOver(long end) {
		return this.clock.nanoTime() - end >= 0;
	}

	private long left() {
		return this.store.catalog()
			.queues(this.queue.value(), 1, null)
			.items()
			.stream()
			.filter((stats) -> stats.queue().equals(this.queue))
			.mapToLong(BenchQueue::jobs)
			.sum();
	}

}
