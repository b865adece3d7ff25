package dev.q.test.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.history.AttemptRecord;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.JobWalk;
import dev.q.store.Pause;
import dev.q.store.QueueStats;
import org.jspecify.annotations.Nullable;

/**
 * What people see.
 *
 * @param books what is known
 * @param order who comes first
 * @param keys unique keys
 */
record ModelCatalog(Books books, Order order, Keys keys) implements JobCatalog {

	@Override
	public List<JobDetails> find(Collection<JobId> ids) {
		return this.books.find(ids).map(ModelJob::details).toList();
	}

	@Override
	public List<JobDetails> find(QueueName queue, Collection<JobId> ids) {
		return this.books.find(ids).filter((job) -> job.queue().equals(queue)).map(ModelJob::details).toList();
	}

	@Override
	public List<AttemptRecord> attempts(QueueName queue, JobId id) {
		return this.books.find(queue, id).map(ModelJob::history).orElse(List.of());
	}

	@Override
	public Page<Job> search(Query query, int limit, @Nullable String cursor) {
		JobStore.requireLimit(limit);
		JobId last = (cursor != null) ? JobWalk.idOf(cursor) : null;
		List<Job> found = this.books.jobs((job) -> last == null || job.id.compareTo(last) > 0)
			.stream()
			.map(ModelJob::view)
			.filter(query::matches)
			.sorted(Comparator.comparing(Job::id))
			.toList();
		if (found.size() <= limit) {
			return new Page<>(found, null);
		}
		return new Page<>(found.subList(0, limit), found.get(limit - 1).id().toString());
	}

	@Override
	public List<Job> peek(QueueName queue, int limit, End end) {
		List<ModelJob> line = new ArrayList<>(this.order.line(queue));
		if (end == End.NEWEST) {
			Collections.reverse(line);
		}
		return line.stream().limit(JobStore.requireLimit(limit)).map(ModelJob::view).toList();
	}

	@Override
	public Optional<Standing> standing(QueueName queue, JobId id, int most) {
		JobStore.requireLimit(most);
		return this.books.find(queue, id).map((job) -> standing(job, most));
	}

	private Standing standing(ModelJob job, int most) {
		Instant now = this.books.now();
		JobId holder = (job.state == JobState.BLOCKED)
				? this.keys.holder(job.spec).map((other) -> other.id).orElse(null) : null;
		long ahead = Standing.isDue(job.view(), now)
				? this.order.nextLine(job.queue()).stream().takeWhile((other) -> other != job).count() : 0;
		return new Standing(job.details(), now, this.books.pause(job.queue()), holder, Math.min(ahead, most),
				inTheWay(job.queue()));
	}

	private @Nullable JobId inTheWay(QueueName queue) {
		return this.books.jobs((job) -> job.state == JobState.RUNNING && job.queue().equals(queue))
			.stream()
			.min(Comparator.comparing((job) -> job.leasedUntil))
			.map((job) -> job.id)
			.orElse(null);
	}

	@Override
	public List<QueueStats> queues() {
		return this.books.queues()
			.entrySet()
			.stream()
			.filter((entry) -> this.books.isListed(entry.getKey()))
			.map((entry) -> stats(entry.getKey(), entry.getValue()))
			.toList();
	}

	private QueueStats stats(QueueName queue, Pause pause) {
		Map<JobState, Long> counts = new HashMap<>();
		this.books.jobs(queue, (job) -> true).forEach((job) -> counts.merge(job.state, 1L, Long::sum));
		return new QueueStats(queue, pause, counts, oldestReady(queue), nextDue(queue));
	}

	private @Nullable Instant nextDue(QueueName queue) {
		return this.books.jobs(queue, (job) -> job.isDelayed() && !job.isHeld())
			.stream()
			.map((job) -> job.runAt)
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	/** Of the first job of each priority. */
	private @Nullable Instant oldestReady(QueueName queue) {
		Map<Integer, Instant> firsts = new HashMap<>();
		this.order.line(queue).forEach((job) -> firsts.putIfAbsent(job.spec.priority(), job.runAt));
		return firsts.values().stream().min(Comparator.naturalOrder()).orElse(null);
	}

}
