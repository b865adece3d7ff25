package dev.q.store.redis;

import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.store.JobCatalog.Page;
import dev.q.store.JobCatalog.Query;
import dev.q.store.redis.layout.Args;
import dev.q.store.redis.layout.ByteReader;
import dev.q.store.redis.layout.JobView;
import dev.q.store.redis.layout.QueueKeys;
import org.jspecify.annotations.Nullable;

/**
 * One page of a search. It costs a look at the ids of all jobs of the queues in question,
 * some hundred at a time: people turn pages seldom, and an order by id would cost each
 * job dearly. Only jobs that may be on the page are fetched.
 */
final class JobSearch {

	private static final int STEP = 500;

	/** Most jobs that one script brings, as each may be large. */
	private static final int MOST_JOBS = 100;

	private final RedisLink link;

	private final Query query;

	private final int limit;

	private final @Nullable JobId after;

	/** The smallest so far, and one more, which shows that there is another page. */
	private final TreeMap<JobId, Job> smallest = new TreeMap<>();

	JobSearch(RedisLink link, Query query, int limit, @Nullable String cursor) {
		this.link = link;
		this.query = query;
		this.limit = limit;
		this.after = (cursor != null) ? Page.idOf(cursor) : null;
	}

	void lookThrough(QueueKeys queue) {
		byte[] place = { '0' };
		do {
			List<Object> step = this.link.call(Script.SCAN, queue.all(), new Args().add(place).add(STEP));
			place = (byte[]) step.get(0);
			List<JobId> ids = ((List<?>) step.get(1)).stream()
				.map((id) -> new ByteReader((byte[]) id, 0).id())
				.filter(this::mayBeOnThePage)
				.sorted()
				.toList();
			for (int from = 0; from < ids.size(); from += MOST_JOBS) {
				fetch(queue, ids.subList(from, Math.min(from + MOST_JOBS, ids.size())));
			}
		}
		while (place.length != 1 || place[0] != '0');
	}

	private boolean mayBeOnThePage(JobId id) {
		boolean isAfter = this.after == null || id.compareTo(this.after) > 0;
		return isAfter && (!isFull() || id.compareTo(this.smallest.lastKey()) < 0);
	}

	private boolean isFull() {
		return this.smallest.size() - 1 >= this.limit;
	}

	private void fetch(QueueKeys queue, List<JobId> ids) {
		List<JobId> wanted = ids.stream().filter(this::mayBeOnThePage).toList();
		List<Object> views = wanted.isEmpty() ? List.of()
				: this.link.call(Script.FIND, queue.all(), new Args().addIds(wanted));
		for (JobView view : Views.readable(queue.queue(), views)) {
			Job job = view.job();
			if (this.query.matches(job)) {
				this.smallest.put(job.id(), job);
				if (this.smallest.size() - 1 > this.limit) {
					this.smallest.pollLastEntry();
				}
			}
		}
	}

	Page<Job> page() {
		List<Job> jobs = List.copyOf(this.smallest.values());
		if (jobs.size() <= this.limit) {
			return new Page<>(jobs, null);
		}
		List<Job> shown = jobs.subList(0, this.limit);
		return new Page<>(shown, Objects.requireNonNull(shown.get(this.limit - 1)).id().toString());
	}

}
