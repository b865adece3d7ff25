package dev.q.store.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.history.AttemptRecord;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.JobWalk;
import dev.q.store.QueueStats;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into all stores. A job that a store which is away may have is not called unknown:
 * that is a failure. The figures of queues are those of the stores that answer.
 */
final class RoutingJobCatalog implements JobCatalog {

	private static final Logger logger = LoggerFactory.getLogger(RoutingJobStore.class);

	private final Branches branches;

	private final Set<String> warnedOf = ConcurrentHashMap.newKeySet();

	private final Ears ears;

	RoutingJobCatalog(Branches branches, Ears ears) {
		this.ears = ears;
		this.branches = branches;
	}

	@Override
	public List<JobDetails> find(Collection<JobId> ids) {
		Map<JobId, JobDetails> found = new HashMap<>();
		RuntimeException failure = this.branches.ask(this.branches.all(),
				(branch) -> branch.ask((store) -> store.catalog().find(ids)),
				(jobs) -> jobs.forEach((job) -> found.putIfAbsent(job.job().id(), job)));
		if (failure != null && !found.keySet().containsAll(ids)) {
			throw failure;
		}
		return ids.stream().distinct().map(found::get).filter(Objects::nonNull).toList();
	}

	@Override
	public List<JobDetails> find(QueueName queue, Collection<JobId> ids) {
		return this.branches.of(queue).ask((store) -> store.catalog().find(queue, ids));
	}

	@Override
	public List<AttemptRecord> attempts(QueueName queue, JobId id) {
		return this.branches.of(queue).ask((store) -> store.catalog().attempts(queue, id));
	}

	/**
	 * The cursor of every store is the id of the last job that was shown, so one of them
	 * does for all.
	 */
	@Override
	public Page<Job> search(Query query, int limit, @Nullable String cursor) {
		QueueName queue = query.queue();
		if (queue != null) {
			return this.branches.of(queue).ask((store) -> store.catalog().search(query, limit, cursor));
		}
		return merged(limit, (branch) -> branch.ask((store) -> store.catalog().search(query, limit, cursor)));
	}

	@Override
	public JobWalk walk(Query query) {
		QueueName queue = query.queue();
		if (queue != null) {
			Branch holder = this.branches.of(queue);
			JobWalk walk = holder.store().catalog().walk(query);
			return (limit, cursor) -> holder.ask((store) -> walk.page(limit, cursor));
		}
		Map<Branch, JobWalk> walks = new HashMap<>();
		this.branches.all().forEach((branch) -> walks.put(branch, branch.store().catalog().walk(query)));
		return (limit, cursor) -> merged(limit,
				(branch) -> branch.ask((store) -> Objects.requireNonNull(walks.get(branch)).page(limit, cursor)));
	}

	private Page<Job> merged(int limit, Function<Branch, Page<Job>> question) {
		JobStore.requireLimit(limit);
		List<Page<Job>> pages = new ArrayList<>();
		RuntimeException failure = this.branches.ask(this.branches.all(), question, pages::add);
		if (failure != null) {
			throw failure;
		}
		return merge(pages, limit);
	}

	/**
	 * A page may be shorter than it was to be and still have another behind it: what
	 * other stores have beyond its end is not shown yet.
	 */
	static Page<Job> merge(List<Page<Job>> pages, int limit) {
		JobId end = pages.stream()
			.map(Page::next)
			.filter(Objects::nonNull)
			.map(JobWalk::idOf)
			.min(Comparator.naturalOrder())
			.orElse(null);
		List<Job> jobs = pages.stream()
			.flatMap((page) -> page.items().stream())
			.filter((job) -> end == null || job.id().compareTo(end) <= 0)
			.sorted(Comparator.comparing(Job::id))
			.toList();
		if (jobs.size() > limit) {
			return new Page<>(jobs.subList(0, limit), jobs.get(limit - 1).id().toString());
		}
		return new Page<>(jobs, (end != null) ? end.toString() : null);
	}

	@Override
	public List<Job> peek(QueueName queue, int limit, End end) {
		return this.branches.of(queue).ask((store) -> store.catalog().peek(queue, limit, end));
	}

	@Override
	public Optional<Standing> standing(QueueName queue, JobId id, int most) {
		return this.branches.of(queue).ask((store) -> store.catalog().standing(queue, id, most));
	}

	@Override
	public List<QueueStats> queues() {
		List<QueueStats> queues = new ArrayList<>();
		List<Branch> asked = new ArrayList<>();
		RuntimeException failure = this.branches.ask(this.branches.all(), (branch) -> {
			List<QueueStats> held = branch.ask((store) -> store.catalog().queues());
			held.stream().filter((stats) -> isHeldBy(stats, branch)).forEach(queues::add);
			return branch;
		}, asked::add);
		if (failure != null && asked.isEmpty()) {
			throw failure;
		}
		queues.sort(Comparator.comparing(QueueStats::queue));
		return List.copyOf(queues);
	}

	@Override
	public Page<QueueStats> queues(String prefix, int limit, @Nullable String cursor) {
		JobStore.requireLimit(limit);
		List<QueueStats> queues = new ArrayList<>();
		List<Page<QueueStats>> pages = new ArrayList<>();
		RuntimeException failure = this.branches.ask(this.branches.all(), (branch) -> {
			Page<QueueStats> page = branch.ask((store) -> store.catalog().queues(prefix, limit, cursor));
			page.items().stream().filter((stats) -> isHeldBy(stats, branch)).forEach(queues::add);
			return page;
		}, pages::add);
		if (failure != null && pages.isEmpty()) {
			throw failure;
		}
		return page(queues, limit, pages.stream().map(Page::next).filter(Objects::nonNull).min(String::compareTo));
	}

	/**
	 * Makes a page of those of several stores.
	 * @param end behind which name a store may hold queues that it has not shown
	 */
	private static Page<QueueStats> page(List<QueueStats> queues, int limit, Optional<String> end) {
		List<QueueStats> known = queues.stream()
			.filter((stats) -> end.isEmpty() || stats.queue().value().compareTo(end.get()) <= 0)
			.sorted(Comparator.comparing(QueueStats::queue))
			.toList();
		return (known.size() > limit || end.isEmpty()) ? Page.ofQueues(known, limit) : new Page<>(known, end.get());
	}

	/** Nobody waits for a store here, so one that is away may be told all the same. */
	@Override
	public void expectEnds(@Nullable QueueName queue, Collection<JobId> ids) {
		List<Branch> where = (queue != null) ? List.of(this.branches.of(queue)) : this.branches.all();
		where.forEach((branch) -> branch.store().catalog().expectEnds(queue, ids));
	}

	@Override
	public Subscription hearEnds(StoreListener.Ends listener) {
		this.branches.requireOpen();
		return this.ears.open(this.branches, (store) -> store.catalog().hearEnds(listener), listener::lookAnew);
	}

	private boolean isHeldBy(QueueStats stats, Branch branch) {
		boolean isHeld = this.branches.isHeldBy(stats.queue(), branch);
		if (!isHeld && stats.waiting() > 0 && this.warnedOf.add(branch + " " + stats.queue())) {
			logger.warn(
					"Store {} has {} waiting jobs of queue {}, which another store holds now: nobody works them."
							+ " Let that store hold the queue until they are done",
					branch, stats.waiting(), stats.queue());
		}
		return isHeld;
	}

}
