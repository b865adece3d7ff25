package dev.q.store.memory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Jobs in the order of a time of theirs, and in the order of enqueue where that is equal.
 * The time of a job must not change while it is in here.
 */
final class OrderedJobs {

	private static final Instant NEVER = Instant.MAX;

	private final Function<MemoryJob, Instant> time;

	private final TreeSet<MemoryJob> jobs;

	private OrderedJobs(Function<MemoryJob, Instant> time) {
		this.time = time;
		this.jobs = new TreeSet<>(Comparator.comparing(time).thenComparingLong(MemoryJob::sequence));
	}

	/** In the order in which jobs are due; those on hold at the end. */
	static OrderedJobs byDueTime() {
		return new OrderedJobs((job) -> Objects.requireNonNullElse(job.times().runAt(), NEVER));
	}

	/** In the order in which jobs expire; for jobs that do. */
	static OrderedJobs byExpiry() {
		return new OrderedJobs((job) -> Objects.requireNonNull(job.times().expiresAt()));
	}

	void add(MemoryJob job) {
		this.jobs.add(job);
	}

	void remove(MemoryJob job) {
		this.jobs.remove(job);
	}

	/** The first job, or null if there is none. */
	@Nullable MemoryJob first() {
		return this.jobs.isEmpty() ? null : this.jobs.first();
	}

	/** The first job if its time has come, else null. */
	@Nullable MemoryJob firstBy(Instant now) {
		MemoryJob job = first();
		return (job != null && !this.time.apply(job).isAfter(now)) ? job : null;
	}

	/** Those whose time has come, in their order. */
	List<MemoryJob> firstBy(Instant now, int most) {
		return this.jobs.stream().limit(most).takeWhile((job) -> !this.time.apply(job).isAfter(now)).toList();
	}

	/** The earliest time, or null if no job has any. */
	@Nullable Instant earliest() {
		MemoryJob job = first();
		Instant earliest = (job != null) ? this.time.apply(job) : NEVER;
		return earliest.equals(NEVER) ? null : earliest;
	}

}
