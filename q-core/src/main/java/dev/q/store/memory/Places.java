package dev.q.store.memory;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.q.job.JobState;
import org.jspecify.annotations.Nullable;

/**
 * The places of a queue. Each job is in exactly one of them, the one that its state
 * names, and is counted there; jobs that may expire are in the order of expiry besides. A
 * blocked job is counted only.
 */
final class Places {

	/** Most due jobs that are looked at to count some of them. */
	private static final int MOST_DUE = 5000;

	private final ReadyLanes ready = new ReadyLanes();

	private final OrderedJobs waiting = OrderedJobs.byDueTime();

	private final LeaseBuckets leases = new LeaseBuckets();

	private final FinishedJobs finished = new FinishedJobs();

	private final OrderedJobs expiring = OrderedJobs.byExpiry();

	/** When the queue was found empty, unless it was not since. */
	private @Nullable Instant emptySince;

	private final Map<JobState, Count> counts = new EnumMap<>(JobState.class);

	Places() {
		for (JobState state : JobState.values()) {
			this.counts.put(state, new Count());
		}
	}

	ReadyLanes ready() {
		return this.ready;
	}

	OrderedJobs waiting() {
		return this.waiting;
	}

	LeaseBuckets leases() {
		return this.leases;
	}

	FinishedJobs finished() {
		return this.finished;
	}

	OrderedJobs expiring() {
		return this.expiring;
	}

	void enter(MemoryJob job) {
		countOf(job.state()).jobs++;
		switch (job.state()) {
			case READY -> this.ready.addLast(job);
			case SCHEDULED, RETRYING -> this.waiting.add(job);
			case BLOCKED -> {
				// Stands nowhere: it is the business of whoever it waits for.
			}
			case RUNNING -> this.leases.add(job);
			case SUCCEEDED, DEAD, CANCELLED, EXPIRED -> this.finished.add(job);
		}
	}

	void enterAtTheFront(MemoryJob job) {
		countOf(job.state()).jobs++;
		this.ready.addFirst(job);
	}

	void leave(MemoryJob job) {
		countOf(job.state()).jobs--;
		switch (job.state()) {
			case READY -> this.ready.remove(job);
			case SCHEDULED, RETRYING -> this.waiting.remove(job);
			case BLOCKED -> {
				// It stood nowhere.
			}
			case RUNNING -> this.leases.remove(job);
			case SUCCEEDED, DEAD, CANCELLED, EXPIRED -> this.finished.remove(job);
		}
	}

	/**
	 * How many jobs are handed out before one that is ready or due. The next claim makes
	 * those ready that are due, each at the end of its priority.
	 */
	int countAhead(MemoryJob job, int most, Instant now) {
		int ahead = this.ready.countAhead(job, most, now);
		int priority = job.spec().priority();
		boolean isPast = job.state() == JobState.READY;
		List<MemoryJob> due = this.waiting.firstBy(now, MOST_DUE);
		for (MemoryJob other : due) {
			isPast |= other == job;
			boolean isBefore = other.spec().priority() < priority || (!isPast && other.spec().priority() == priority);
			ahead += (isBefore && !other.times().isExpired(now)) ? 1 : 0;
		}
		return (due.size() < MOST_DUE) ? Math.min(most, ahead) : most;
	}

	/** How many jobs count against the limit of the queue. */
	int length() {
		return countOf(JobState.SCHEDULED).jobs + countOf(JobState.READY).jobs + countOf(JobState.RETRYING).jobs
				+ countOf(JobState.BLOCKED).jobs;
	}

	/** Whether a job is leased. */
	boolean isWorked() {
		return countOf(JobState.RUNNING).jobs > 0;
	}

	/** Takes down whether the queue is empty, and has nothing that is to be seen. */
	void lookWhetherEmpty(boolean isEmpty, Instant now) {
		if (!isEmpty) {
			this.emptySince = null;
		}
		else if (this.emptySince == null) {
			this.emptySince = now;
		}
	}

	/** Whether every look since then, and one before, has found the queue empty. */
	boolean wasEmptySince(Instant time) {
		return this.emptySince != null && !this.emptySince.isAfter(time);
	}

	Map<JobState, Long> counts() {
		Map<JobState, Long> all = new EnumMap<>(JobState.class);
		this.counts.forEach((state, count) -> {
			if (count.jobs > 0) {
				all.put(state, (long) count.jobs);
			}
		});
		return all;
	}

	private Count countOf(JobState state) {
		return Objects.requireNonNull(this.counts.get(state));
	}

	/**
	 * How many jobs are in a state.
	 */
	private static final class Count {

		private int jobs;

	}

}
