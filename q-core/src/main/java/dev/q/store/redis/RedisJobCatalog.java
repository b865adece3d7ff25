package dev.q.store.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.QueueName;
import dev.q.job.history.AttemptRecord;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.JobWalk;
import dev.q.store.QueueStats;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import dev.q.store.redis.layout.Args;
import dev.q.store.redis.layout.ByteReader;
import dev.q.store.redis.layout.JobView;
import dev.q.store.redis.layout.Keyspace;
import dev.q.store.redis.layout.QueueCounts;
import dev.q.store.redis.layout.QueueKeys;
import dev.q.store.walk.IdWalk;
import org.jspecify.annotations.Nullable;

/**
 * Reading jobs in Redis.
 */
final class RedisJobCatalog implements JobCatalog {

	/** Most jobs that one answer brings, as each may be large. */
	static final int MOST_JOBS = 100;

	/** Most queues that are counted at once where one page may be enough. */
	private static final int MOST_QUEUES = 1000;

	private final RedisLink link;

	private final Keyspace keys;

	private final KnownQueues queues;

	private final RedisSignals signals;

	RedisJobCatalog(RedisLink link, Keyspace keys, KnownQueues queues, RedisSignals signals) {
		this.signals = signals;
		this.link = link;
		this.keys = keys;
		this.queues = queues;
	}

	@Override
	public List<JobDetails> find(Collection<JobId> ids) {
		return find(ids.isEmpty() ? List.of() : this.queues.all(), ids);
	}

	@Override
	public List<JobDetails> find(QueueName queue, Collection<JobId> ids) {
		return find(List.of(this.keys.of(queue)), ids);
	}

	private List<JobDetails> find(List<QueueKeys> where, Collection<JobId> ids) {
		List<JobId> wanted = List.copyOf(new LinkedHashSet<>(ids));
		Map<JobId, JobDetails> found = new HashMap<>();
		for (int from = 0; from < wanted.size(); from += MOST_JOBS) {
			List<JobId> piece = wanted.subList(from, Math.min(from + MOST_JOBS, wanted.size()));
			details(where, piece).forEach((details) -> found.putIfAbsent(details.id(), details));
		}
		return wanted.stream().map(found::get).filter(Objects::nonNull).toList();
	}

	private List<JobDetails> details(List<QueueKeys> where, Collection<JobId> ids) {
		List<CompletableFuture<List<Object>>> said = where.stream()
			.map((queue) -> this.link.send(Script.FIND, queue.all(), new Args().addIds(ids)))
			.toList();
		List<JobDetails> details = new ArrayList<>();
		for (int i = 0; i < where.size(); i++) {
			details.addAll(Views.readable(where.get(i).queue(), this.link.await(said.get(i)), JobView::details));
		}
		return details;
	}

	@Override
	public List<AttemptRecord> attempts(QueueName queue, JobId id) {
		List<Object> said = this.link
			.await(this.link.send(Script.ATTEMPTS, this.keys.of(queue).all(), new Args().add(id)));
		return said.isEmpty() ? List.of() : Views.attempts(queue, said);
	}

	@Override
	public Page<Job> search(Query query, int limit, @Nullable String cursor) {
		// Types are told apart only once the jobs are fetched; a few others may have
		// gone.
		long most = (query.type() != null) ? IdWalk.MOST_AHEAD : JobStore.requireLimit(limit) + MOST_JOBS;
		return walk(query, (int) Math.min(most, IdWalk.MOST_AHEAD)).page(limit, cursor);
	}

	@Override
	public JobWalk walk(Query query) {
		return walk(query, IdWalk.MOST_AHEAD);
	}

	private JobWalk walk(Query query, int most) {
		return new IdWalk<>(new JobSearch(this.link, this.queues, query), most);
	}

	@Override
	public List<Job> peek(QueueName queue, int limit, End end) {
		JobStore.requireLimit(limit);
		Map<JobId, Job> jobs = new LinkedHashMap<>();
		for (int i = 0; i <= JobSpec.LOWEST_PRIORITY && jobs.size() < limit; i++) {
			peek(new Lane(queue, (end == End.OLDEST) ? i : JobSpec.LOWEST_PRIORITY - i, end), limit, jobs);
		}
		return jobs.values().stream().limit(limit).toList();
	}

	private void peek(Lane lane, int limit, Map<JobId, Job> jobs) {
		byte[][] queueKeys = this.keys.of(lane.queue()).all();
		long seen;
		int place = 0;
		do {
			int count = Math.min(limit - jobs.size(), MOST_JOBS);
			List<Object> said = this.link.call(Script.PEEK, queueKeys, lane.range(place, count));
			seen = (Long) said.get(0);
			lane.inOrder(Views.readable(lane.queue(), (List<?>) said.get(1), JobView::job))
				.forEach((job) -> jobs.putIfAbsent(job.id(), job));
			place += count;
			if (seen < count) {
				return;
			}
		}
		while (jobs.size() < limit);
	}

	@Override
	public Optional<Standing> standing(QueueName queue, JobId id, int most) {
		Args args = new Args().add(id).add((long) JobStore.requireLimit(most));
		List<Object> said = this.link.call(Script.STANDING, this.keys.of(queue).all(), args);
		return said.isEmpty() ? Optional.empty()
				: Views.readable(queue, said.subList(0, 1), (view) -> standing(view, said)).stream().findFirst();
	}

	private static Standing standing(JobView view, List<Object> said) {
		return new Standing(view.details(), Instant.ofEpochMilli((Long) said.get(1)), QueueCounts.pause(said.get(2)),
				id(said.get(3)), (Long) said.get(4), id(said.get(5)));
	}

	private static @Nullable JobId id(Object said) {
		byte[] bytes = (byte[]) said;
		return (bytes.length > 0) ? new ByteReader(bytes, 0).id() : null;
	}

	@Override
	public List<QueueStats> queues() {
		return stats(this.queues.all());
	}

	@Override
	public Page<QueueStats> queues(String prefix, int limit, @Nullable String cursor) {
		JobStore.requireLimit(limit);
		List<QueueKeys> some = this.queues.all()
			.stream()
			.filter((queue) -> JobCatalog.isIn(queue.queue(), prefix, cursor))
			.toList();
		List<QueueStats> found = new ArrayList<>();
		int from = 0;
		// Some of them may not be listed.
		while (found.size() <= limit && from < some.size()) {
			int to = (int) Math.min(some.size(), from + Math.min(MOST_QUEUES, limit + 1L));
			found.addAll(stats(some.subList(from, to)));
			from = to;
		}
		return Page.ofQueues(found, limit);
	}

	private List<QueueStats> stats(List<QueueKeys> queues) {
		List<CompletableFuture<List<Object>>> said = queues.stream().map(this::count).toList();
		List<QueueStats> stats = new ArrayList<>();
		for (int i = 0; i < queues.size(); i++) {
			QueueCounts counts = new QueueCounts(this.link.await(said.get(i)));
			while (counts.areUnfinished()) {
				counts = new QueueCounts(this.link.await(count(queues.get(i))));
			}
			if (counts.areListed()) {
				stats.add(counts.stats(queues.get(i).queue()));
			}
		}
		return stats;
	}

	@Override
	public void expectEnds(@Nullable QueueName queue, Collection<JobId> ids) {
		this.signals.awaited().expect(ids);
	}

	@Override
	public Subscription hearEnds(StoreListener.Ends listener) {
		return this.signals.hearEnds(listener);
	}

	private CompletableFuture<List<Object>> count(QueueKeys queue) {
		return this.link.send(Script.COUNT, queue.all(), new Args().add(LISTED_WHEN_EMPTY));
	}

	/**
	 * The list of one priority, seen from one end.
	 */
	private record Lane(QueueName queue, int priority, End end) {

		Args range(int from, int count) {
			Args args = new Args().add(this.priority);
			return (this.end == End.OLDEST) ? args.add(from).add((long) from + count - 1)
					: args.add(-(long) from - count).add(-(long) from - 1);
		}

		List<Job> inOrder(List<Job> jobs) {
			List<Job> ordered = new ArrayList<>(jobs);
			if (this.end == End.NEWEST) {
				Collections.reverse(ordered);
			}
			return ordered;
		}

	}

}
