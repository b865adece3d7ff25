package dev.q.test.model;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.q.job.JobId;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.store.JobCatalog;
import dev.q.store.Pause;
import dev.q.store.PauseMode;
import dev.q.store.StoreException;

/**
 * The one list of all jobs, the queues that ever were, and the time.
 */
final class Books {

	private final InstantSource clock;

	private final List<ModelJob> jobs = new ArrayList<>();

	/** Those that are known no more. */
	private final List<ModelJob> gone = new ArrayList<>();

	private final Map<QueueName, Pause> queues = new TreeMap<>();

	/** When a queue was found empty, unless it was not since. */
	private final Map<QueueName, Instant> empty = new HashMap<>();

	private long numbers;

	private boolean closed;

	Books(InstantSource clock) {
		this.clock = clock;
	}

	Instant now() {
		requireOpen();
		return this.clock.instant();
	}

	/** Some jobs, in the order in which they were stored. */
	List<ModelJob> jobs(Predicate<ModelJob> wanted) {
		requireOpen();
		return this.jobs.stream().filter(wanted).toList();
	}

	List<ModelJob> jobs(QueueName queue, Predicate<ModelJob> wanted) {
		return jobs((job) -> job.queue().equals(queue) && wanted.test(job));
	}

	/** Those that are known, and those that are not any more. */
	Stream<ModelJob> everyJob() {
		requireOpen();
		return Stream.concat(this.jobs.stream(), this.gone.stream());
	}

	/** Those that are known, each once, in the order of the ids. */
	Stream<ModelJob> find(Collection<JobId> ids) {
		Map<JobId, ModelJob> known = new HashMap<>();
		jobs((job) -> true).forEach((job) -> known.put(job.id, job));
		return ids.stream().distinct().filter(known::containsKey).map(known::get);
	}

	Optional<ModelJob> find(QueueName queue, JobId id) {
		return jobs(queue, (job) -> job.id.equals(id)).stream().findFirst();
	}

	ModelJob add(NewJob job) {
		ModelJob added = new ModelJob(job, nextNumber(), now());
		this.jobs.add(added);
		this.queues.putIfAbsent(added.queue(), Pause.NONE);
		return added;
	}

	void remove(ModelJob job) {
		this.jobs.remove(job);
		this.gone.add(job);
		job.gone = true;
	}

	/** As if it had never been stored. */
	void undo(ModelJob job) {
		this.jobs.remove(job);
	}

	/** Rises with each call. */
	long nextNumber() {
		return ++this.numbers;
	}

	Map<QueueName, Pause> queues() {
		requireOpen();
		return this.queues;
	}

	/** Takes down which queues are empty. */
	void noteEmpty() {
		Instant now = now();
		this.queues.keySet().forEach((queue) -> {
			if (isEmpty(queue)) {
				this.empty.putIfAbsent(queue, now);
			}
			else {
				this.empty.remove(queue);
			}
		});
	}

	boolean isListed(QueueName queue) {
		Instant since = this.empty.get(queue);
		return !isEmpty(queue) || since == null || since.plus(JobCatalog.LISTED_WHEN_EMPTY).isAfter(now());
	}

	private boolean isEmpty(QueueName queue) {
		return pause(queue).mode() == PauseMode.NONE && jobs(queue, (job) -> true).isEmpty();
	}

	Pause pause(QueueName queue) {
		return queues().getOrDefault(queue, Pause.NONE);
	}

	void requireOpen() {
		if (this.closed) {
			throw new StoreException("The store '%s' is closed".formatted(ModelStore.NAME));
		}
	}

	void close() {
		this.closed = true;
	}

}
