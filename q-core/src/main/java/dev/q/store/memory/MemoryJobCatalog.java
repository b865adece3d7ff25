package dev.q.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.history.AttemptRecord;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.JobWalk;
import dev.q.store.QueueStats;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import dev.q.store.walk.IdWalk;
import org.jspecify.annotations.Nullable;

/**
 * Reading jobs in memory. A search costs a look at all jobs of the queues in question,
 * since they are in no order.
 */
final class MemoryJobCatalog implements JobCatalog {

	private final MemoryState state;

	MemoryJobCatalog(MemoryState state) {
		this.state = state;
	}

	@Override
	public List<JobDetails> find(Collection<JobId> ids) {
		this.state.requireOpen();
		return find(this.state.queues(), ids);
	}

	@Override
	public List<JobDetails> find(QueueName queue, Collection<JobId> ids) {
		this.state.requireOpen();
		return find(queuesNamed(this.state, queue), ids);
	}

	private List<JobDetails> find(Collection<MemoryQueue> queues, Collection<JobId> ids) {
		Map<JobId, JobDetails> found = new HashMap<>();
		for (MemoryQueue queue : queues) {
			locked(queue, () -> {
				for (JobId id : ids) {
					MemoryJob job = queue.find(id);
					if (job != null) {
						found.putIfAbsent(id, this.state.detailsOf(job));
					}
				}
			});
		}
		return new LinkedHashSet<>(ids).stream().map(found::get).filter(Objects::nonNull).toList();
	}

	@Override
	public List<AttemptRecord> attempts(QueueName queue, JobId id) {
		this.state.requireOpen();
		return ask(queuesNamed(this.state, queue).stream(), (known) -> {
			MemoryJob job = known.find(id);
			return (job != null) ? job.remains().history().of(this.state.detailsOf(job)) : List.<AttemptRecord>of();
		}).flatMap(List::stream).toList();
	}

	@Override
	public Page<Job> search(Query query, int limit, @Nullable String cursor) {
		this.state.requireOpen();
		// What is looked at matches, so no more ids are needed than the page shows.
		int most = (int) Math.min(JobStore.requireLimit(limit) + 1L, IdWalk.MOST_AHEAD);
		return new IdWalk<>(new Sight(this.state, query), most).page(limit, cursor);
	}

	@Override
	public JobWalk walk(Query query) {
		return new IdWalk<>(new Sight(this.state, query), IdWalk.MOST_AHEAD);
	}

	@Override
	public List<Job> peek(QueueName queue, int limit, End end) {
		this.state.requireOpen();
		JobStore.requireLimit(limit);
		return ask(queuesNamed(this.state, queue).stream(), (known) -> known.places().ready().peek(limit, end))
			.flatMap(List::stream)
			.toList();
	}

	@Override
	public Optional<Standing> standing(QueueName queue, JobId id, int most) {
		this.state.requireOpen();
		JobStore.requireLimit(most);
		return ask(queuesNamed(this.state, queue).stream(), (known) -> {
			MemoryJob job = known.find(id);
			return Optional.ofNullable((job != null) ? standing(known, job, most) : null);
		}).flatMap(Optional::stream).findFirst();
	}

	private Standing standing(MemoryQueue queue, MemoryJob job, int most) {
		Instant now = this.state.now();
		Hold hold = (job.state() == JobState.BLOCKED) ? queue.holds().of(job.spec().unique(), now) : null;
		int ahead = Standing.isDue(job.job(), now) ? queue.places().countAhead(job, most, now) : 0;
		return new Standing(this.state.detailsOf(job), now, queue.pause(), (hold != null) ? hold.id() : null, ahead,
				queue.places().leases().first().map(MemoryJob::id).orElse(null));
	}

	@Override
	public List<QueueStats> queues() {
		this.state.requireOpen();
		return listed(this.state.queues().stream()).sorted(Comparator.comparing(QueueStats::queue)).toList();
	}

	@Override
	public Page<QueueStats> queues(String prefix, int limit, @Nullable String cursor) {
		this.state.requireOpen();
		JobStore.requireLimit(limit);
		Stream<MemoryQueue> some = this.state.queues()
			.stream()
			.filter((queue) -> JobCatalog.isIn(queue.name(), prefix, cursor))
			.sorted(Comparator.comparing(MemoryQueue::name));
		return Page.ofQueues(listed(some).limit(limit + 1L).toList(), limit);
	}

	private Stream<QueueStats> listed(Stream<MemoryQueue> queues) {
		Instant now = this.state.now();
		return ask(queues, (queue) -> queue.isListed(now) ? Optional.of(queue.stats()) : Optional.<QueueStats>empty())
			.flatMap(Optional::stream);
	}

	@Override
	public void expectEnds(@Nullable QueueName queue, Collection<JobId> ids) {
		this.state.awaited().expect(ids);
	}

	@Override
	public Subscription hearEnds(StoreListener.Ends listener) {
		this.state.requireOpen();
		this.state.awaited().hearOthers();
		return this.state.awaited().listen(listener);
	}

	private static List<MemoryQueue> queuesNamed(MemoryState state, QueueName name) {
		MemoryQueue queue = state.known(name);
		return (queue != null) ? List.of(queue) : List.of();
	}

	private static <T> Stream<T> ask(Stream<MemoryQueue> queues, Function<MemoryQueue, T> question) {
		return queues.map((queue) -> {
			queue.lock();
			try {
				return question.apply(queue);
			}
			finally {
				queue.unlock();
			}
		});
	}

	private static void locked(MemoryQueue queue, Runnable action) {
		queue.lock();
		try {
			action.run();
		}
		finally {
			queue.unlock();
		}
	}

	/**
	 * What a search sees.
	 */
	private record Sight(MemoryState state, Query query) implements IdWalk.Source<MemoryQueue> {

		@Override
		public void look(BiConsumer<JobId, MemoryQueue> eye) {
			this.state.requireOpen();
			QueueName name = this.query.queue();
			Collection<MemoryQueue> queues = (name != null) ? queuesNamed(this.state, name) : this.state.queues();
			for (MemoryQueue queue : queues) {
				locked(queue,
						() -> queue.jobs()
							.stream()
							.map(MemoryJob::job)
							.filter(this.query::matches)
							.forEach((job) -> eye.accept(job.id(), queue)));
			}
		}

		@Override
		public List<Job> fetch(Map<MemoryQueue, List<JobId>> ids) {
			this.state.requireOpen();
			List<Job> jobs = new ArrayList<>();
			ids.forEach((queue, those) -> locked(queue,
					() -> those.stream()
						.map(queue::find)
						.filter(Objects::nonNull)
						.map(MemoryJob::job)
						.filter(this.query::matches)
						.forEach(jobs::add)));
			return jobs;
		}

	}

}
