package dev.q.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.q.job.Job;
import dev.q.job.JobSpec;
import dev.q.store.JobCatalog;
import org.jspecify.annotations.Nullable;

/**
 * The ready jobs of a queue: a lane for each priority, first come first served in each.
 */
final class ReadyLanes {

	private final JobChain[] lanes = Stream.generate(JobChain::new)
		.limit(JobSpec.LOWEST_PRIORITY + 1L)
		.toArray(JobChain[]::new);

	void addLast(MemoryJob job) {
		laneOf(job).addLast(job);
	}

	void addFirst(MemoryJob job) {
		laneOf(job).addFirst(job);
	}

	void remove(MemoryJob job) {
		laneOf(job).remove(job);
	}

	/** Who is next, or null if nobody is ready. */
	@Nullable MemoryJob first() {
		for (JobChain lane : this.lanes) {
			if (!lane.isEmpty()) {
				return lane.first();
			}
		}
		return null;
	}

	/** Since when the first of any lane has been due, or null if nobody is ready. */
	@Nullable Instant oldest() {
		Instant oldest = null;
		for (JobChain lane : this.lanes) {
			MemoryJob job = lane.first();
			Instant due = (job != null) ? job.times().runAt() : null;
			if (due != null && (oldest == null || due.isBefore(oldest))) {
				oldest = due;
			}
		}
		return oldest;
	}

	/** How many jobs that have not expired are handed out before one, ready or not. */
	int countAhead(MemoryJob job, int most, Instant now) {
		int ahead = 0;
		for (int priority = 0; priority <= job.spec().priority(); priority++) {
			MemoryJob other = this.lanes[priority].first();
			for (; other != null && other != job && ahead < most; other = other.next) {
				ahead += other.times().isExpired(now) ? 0 : 1;
			}
		}
		return ahead;
	}

	List<Job> peek(int limit, JobCatalog.End end) {
		return (end == JobCatalog.End.OLDEST) ? fromTheFront(limit) : fromTheBack(limit);
	}

	private List<Job> fromTheFront(int limit) {
		List<Job> jobs = new ArrayList<>();
		for (JobChain lane : this.lanes) {
			for (MemoryJob job = lane.first(); job != null && jobs.size() < limit; job = job.next) {
				jobs.add(job.job());
			}
		}
		return jobs;
	}

	private List<Job> fromTheBack(int limit) {
		List<Job> jobs = new ArrayList<>();
		for (int priority = JobSpec.LOWEST_PRIORITY; priority >= 0; priority--) {
			MemoryJob job = this.lanes[priority].last();
			for (; job != null && jobs.size() < limit; job = job.previous) {
				jobs.add(job.job());
			}
		}
		return jobs;
	}

	private JobChain laneOf(MemoryJob job) {
		return this.lanes[job.spec().priority()];
	}

}
