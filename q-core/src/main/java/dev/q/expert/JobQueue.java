package dev.q.expert;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.q.JobOption;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.QueueClosedException;
import dev.q.attempt.HandledJob;
import dev.q.engine.CallerThreadWorker;
import dev.q.handler.HandlerRegistry;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.maintenance.Housekeeping;
import dev.q.maintenance.HousekeepingCounts;
import dev.q.store.Pause;
import dev.q.store.QueueStats;

/**
 * One queue of a store, to be filled and worked by hand. {@link Q#queue(String)} builds
 * one.
 *
 * <p>
 * Jobs are the same as everywhere in Q: what is enqueued here may be worked elsewhere,
 * and the other way round. A job whose request names no type, and whose payload's class
 * carries no {@link dev.q.JobType}, is of type {@link #DEFAULT_TYPE}.
 *
 * <p>
 * Safe for use by many threads. Close the queue when it is not needed any more: from the
 * first {@code handleOne} on it has a thread that renews leases, and that keeps the
 * process alive. The store is left open; it belongs to whoever made it.
 *
 * @since 0.1
 */
public final class JobQueue implements AutoCloseable {

	/** The type of jobs for which nobody names one. */
	public static final TypeName DEFAULT_TYPE = new TypeName("default");

	private final QueueName name;

	private final QueueParts parts;

	private final JobTemplate jobs;

	private final CallerThreadWorker worker;

	private volatile boolean closed;

	JobQueue(QueueName name, QueueParts parts, JobTemplate jobs) {
		this.name = name;
		this.parts = parts;
		this.jobs = jobs;
		this.worker = new CallerThreadWorker(parts.store(), parts.events(), parts.settings(name, 1), parts.ports());
	}

	/**
	 * What the queue is called.
	 * @return its name
	 */
	public QueueName name() {
		return this.name;
	}

	/**
	 * Enqueues a job.
	 * @param payload what the handler is given: a {@code byte[]}, stored unchanged, or a
	 * value, stored as the codec writes it
	 * @return the job's id and what became of it
	 * @throws dev.q.JobRejectedException if the queue is full or paused, or an option
	 * cannot be granted
	 * @throws dev.q.NotReplicatedException if the job is stored, but has too few copies
	 * @throws IllegalArgumentException if the payload cannot be encoded or is too large
	 * @throws QueueClosedException if the queue is closed
	 */
	public JobReceipt enqueue(Object payload) {
		return enqueue((payload instanceof JobRequest request) ? request : JobRequest.of(payload));
	}

	/**
	 * Enqueues a job with all its options.
	 * @param request what to run and how
	 * @return the job's id and what became of it
	 * @throws dev.q.JobRejectedException if the queue is full or paused, or an option
	 * cannot be granted
	 * @throws dev.q.NotReplicatedException if the job is stored, but has too few copies
	 * @throws IllegalArgumentException if the payload cannot be encoded or is too large,
	 * or if the request is for another queue
	 * @throws QueueClosedException if the queue is closed
	 */
	public JobReceipt enqueue(JobRequest request) {
		requireOpen();
		return this.jobs.enqueue(forThisQueue(request));
	}

	/**
	 * Enqueues jobs in as few steps as the store allows, as
	 * {@link JobTemplate#enqueueAll} does.
	 * @param requests what to run and how; may be empty
	 * @return a receipt for each request, in their order
	 * @throws dev.q.JobRejectedException if a chunk was refused: it says which jobs are
	 * stored and which are not
	 * @throws dev.q.NotReplicatedException if none was refused, but some jobs have too
	 * few copies; it holds the receipts of all
	 * @throws IllegalArgumentException if a request is for another queue, or cannot be
	 * stored; nothing was stored then
	 * @throws QueueClosedException if the queue is closed
	 */
	public List<JobReceipt> enqueueAll(Collection<JobRequest> requests) {
		requireOpen();
		return this.jobs.enqueueAll(requests.stream().map(this::forThisQueue).toList());
	}

	private JobRequest forThisQueue(JobRequest request) {
		request.options().get(JobOption.QUEUE).filter((other) -> !other.equals(this.name)).ifPresent((other) -> {
			throw new IllegalArgumentException(
					"A request for queue %s was given to queue %s. Leave the queue out of its options".formatted(other,
							this.name));
		});
		if (request.type() != null || request.handler() != null || request.payload() == null) {
			return request;
		}
		TypeName type = HandlerRegistry.declaredTypeOf(request.payload()).orElse(DEFAULT_TYPE);
		return new JobRequest(request.payload(), type, null, request.id(), request.options());
	}

	/**
	 * Works the next job on the calling thread: claims it, renews its lease while the
	 * handler runs, and settles it. What the handler throws is never thrown here; it
	 * becomes the outcome, by the same rules as in a worker. An interrupt of the thread
	 * is for the handler to heed while it runs; the flag is set again afterwards.
	 * @param handler runs the job
	 * @return what became of it, or empty at once if no job is ready
	 * @throws dev.q.store.StoreException if the store fails. Nothing was run then, unless
	 * it is a {@link dev.q.attempt.JobNotSettledException}
	 * @throws QueueClosedException if the queue is closed
	 */
	public Optional<HandledJob> handleOne(QueueHandler handler) {
		CallerInterrupt interrupt = new CallerInterrupt(handler.body());
		try {
			return this.worker.workOne(this.parts.runner(handler.registry(interrupt)));
		}
		finally {
			interrupt.restore();
		}
	}

	/**
	 * Works the next job as {@link #handleOne(QueueHandler)} does, and waits for one if
	 * need be: until a job is enqueued or due, the store being looked at now and then for
	 * those of which it gives no signal.
	 * @param handler runs the job
	 * @param atMost how long to wait for a job; zero or less for not at all
	 * @return what became of it, or empty if none was ready in time
	 * @throws InterruptedException if the thread is interrupted before or while it waits.
	 * No job is in hand then
	 * @throws dev.q.store.StoreException if the store fails. Nothing was run then, unless
	 * it is a {@link dev.q.attempt.JobNotSettledException}
	 * @throws QueueClosedException if the queue is closed, before or meanwhile
	 */
	public Optional<HandledJob> handleOne(QueueHandler handler, Duration atMost) throws InterruptedException {
		if (Thread.interrupted()) {
			throw new InterruptedException("Interrupted before a job was claimed from queue " + this.name);
		}
		CallerInterrupt interrupt = new CallerInterrupt(handler.body());
		try {
			return this.worker.workOne(this.parts.runner(handler.registry(interrupt)), atMost);
		}
		finally {
			interrupt.restore();
		}
	}

	/**
	 * Keeps the store in order, this queue and all others in it: promotes jobs whose time
	 * has come, takes back those of lost workers, ends those whose time is over and
	 * deletes what was kept long enough. Whoever works jobs by {@code handleOne} alone
	 * calls this every few seconds; an engine over the same store does it by itself.
	 * @return what one bounded round has done; call again when there may be more
	 * @throws dev.q.store.StoreException if the store fails; the other tasks were done
	 * @throws QueueClosedException if the queue is closed
	 */
	public HousekeepingCounts houseKeeping() {
		requireOpen();
		return new Housekeeping(this.parts.store().maintenance(), this.parts.settings().retention(),
				this.parts.events())
			.run();
	}

	/**
	 * Counts the jobs of this queue without looking at them.
	 * @return its figures; zeros if nothing was ever enqueued
	 * @throws dev.q.store.StoreException if the store fails
	 * @throws QueueClosedException if the queue is closed
	 */
	public QueueStats stats() {
		requireOpen();
		return this.parts.store()
			.catalog()
			.queues()
			.stream()
			.filter((stats) -> stats.queue().equals(this.name))
			.findFirst()
			.orElseGet(() -> new QueueStats(this.name, Pause.NONE, Map.of(), null, null));
	}

	/**
	 * Ends the use of the queue from here; its jobs stay in the store. Callers of
	 * {@code handleOne} who wait are sent away, and handlers that run have as long as a
	 * stopping worker gives them; then they are interrupted and their jobs handed back.
	 * Workers of {@link Q#run} go on until they are closed themselves. May be called
	 * twice.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.worker.close();
	}

	/**
	 * What an engine over the same queue needs.
	 */
	QueueParts parts() {
		requireOpen();
		return this.parts;
	}

	private void requireOpen() {
		if (this.closed) {
			throw new QueueClosedException("Queue %s was closed here. Build another one".formatted(this.name));
		}
	}

}
