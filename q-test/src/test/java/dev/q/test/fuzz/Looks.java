package dev.q.test.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.job.history.AttemptRecord;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.PauseMode;
import dev.q.store.QueueStats;

/**
 * Looks at all that can be seen of a store.
 */
final class Looks {

	private static final int ALL = 100_000;

	private final BothStores stores;

	private final RandomJobs jobs;

	private final Random random;

	Looks(BothStores stores, RandomJobs jobs, Random random) {
		this.stores = stores;
		this.jobs = jobs;
		this.random = random;
	}

	void all() {
		List<JobId> ids = this.jobs.all();
		this.stores.look("find all", (store) -> store.catalog().find(ids));
		this.stores.look("attempts of all", (store) -> attempts(store, ids));
		for (QueueName queue : this.jobs.queues()) {
			for (JobCatalog.End end : JobCatalog.End.values()) {
				this.stores.look("peek %s %s".formatted(queue, end), (store) -> store.catalog().peek(queue, ALL, end));
			}
		}
		this.stores.look("schedules", (store) -> store.schedules().list());
		this.stores.look("workers", (store) -> Set.copyOf(store.cluster().workers()));
	}

	/** Whether a queue is listed that has no jobs and is not paused is open. */
	void counts() {
		this.stores.look("queues", (store) -> store.catalog().queues(),
				(queues) -> queues.stream().map(Looks::told).filter((told) -> !told.isEmpty()).toList());
	}

	private static String told(QueueStats stats) {
		Map<JobState, Long> counts = new TreeMap<>(stats.counts());
		counts.values().removeIf((count) -> count == 0);
		boolean isOpen = counts.isEmpty() && stats.pause().mode() == PauseMode.NONE;
		return isOpen ? "" : "%s pause %s %s since %s, next %s".formatted(stats.queue(), stats.pause(), counts,
				stats.oldestReady(), stats.nextDue());
	}

	void some() {
		List<JobId> ids = this.jobs.someIds(10);
		QueueName queue = this.jobs.queue();
		this.stores.look("find " + ids, (store) -> store.catalog().find(ids));
		this.stores.look("find " + ids, (store) -> store.catalog().find(queue, ids));
		this.stores.look("attempts of " + ids, (store) -> attempts(store, ids));
		int limit = 1 + this.random.nextInt(10);
		ids.forEach((id) -> this.stores.look("standing of %s by %d".formatted(id, limit),
				(store) -> store.catalog().standing(queue, id, limit).map(Looks::withoutTheWay)));
		JobCatalog.End end = this.jobs.oneOf(List.of(JobCatalog.End.values()));
		this.stores.look("peek %d %s".formatted(limit, end), (store) -> store.catalog().peek(queue, limit, end));
		JobCatalog.Query query = query();
		this.stores.look("search %s by %d".formatted(query, limit), (store) -> pages(store, query, limit));
	}

	/** Stores differ in which of several leased jobs is in the way. */
	private static JobCatalog.Standing withoutTheWay(JobCatalog.Standing it) {
		return new JobCatalog.Standing(it.details(), it.storeTime(), it.pause(), it.keyHolder(), it.ahead(), null);
	}

	private static List<List<AttemptRecord>> attempts(JobStore store, List<JobId> ids) {
		return store.catalog()
			.find(ids)
			.stream()
			.map((job) -> store.catalog().attempts(job.job().spec().queue(), job.id()))
			.toList();
	}

	private JobCatalog.Query query() {
		Set<JobState> states = this.random.nextBoolean() ? Set.of()
				: Set.of(this.jobs.oneOf(List.of(JobState.values())));
		return new JobCatalog.Query(states, this.random.nextBoolean() ? this.jobs.queue() : null,
				(this.random.nextInt(3) == 0) ? new TypeName("test") : null);
	}

	private static List<JobCatalog.Page<Job>> pages(JobStore store, JobCatalog.Query query, int limit) {
		List<JobCatalog.Page<Job>> pages = new ArrayList<>();
		String cursor = null;
		do {
			JobCatalog.Page<Job> page = store.catalog().search(query, limit, cursor);
			pages.add(page);
			cursor = page.next();
		}
		while (cursor != null);
		return pages;
	}

}
