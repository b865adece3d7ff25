package dev.q.test.scene;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.q.JobOptions;
import dev.q.JobRequest;
import dev.q.client.JobIds;
import dev.q.engine.EngineSettings;
import dev.q.event.JobEvent;
import dev.q.expert.JobQueue;
import dev.q.expert.Q;
import dev.q.expert.QueueHandler;
import dev.q.expert.QueueWorker;
import dev.q.job.JobId;
import dev.q.job.QException;
import dev.q.ports.SharedRandom;
import dev.q.ports.SystemClock;
import dev.q.store.JobStore;
import dev.q.test.scene.host.Stores;
import dev.q.test.server.Patience;

/**
 * An application under load: threads that enqueue one job after the other, and a worker.
 * A producer that gets an error sends the same job again until it is taken.
 */
final class Load implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration LEASE = Duration.ofSeconds(3);

	/** Enough jobs to say that work goes on. */
	private static final int SOME = 50;

	private static final byte[] PAYLOAD = new byte[100];

	private final Map<JobId, Long> acknowledged = new ConcurrentHashMap<>();

	private final Map<JobId, Integer> runs = new ConcurrentHashMap<>();

	private final Set<JobId> settled = ConcurrentHashMap.newKeySet();

	private final Set<JobId> runAfterSettled = ConcurrentHashMap.newKeySet();

	private final AtomicInteger refused = new AtomicInteger();

	private final JobIds ids = new JobIds(new SystemClock(), new SharedRandom());

	private final List<Thread> producers = new ArrayList<>();

	private final JobQueue queue;

	private volatile boolean ended;

	private Load(JobStore store, JobOptions options) {
		this.queue = Q.queue(Stores.QUEUE.value())
			.store(store)
			.options(options)
			.settings(EngineSettings.DEFAULT.withLease(LEASE))
			.listener(this::hear)
			.build();
	}

	/**
	 * Starts producers.
	 * @param pause how long each rests after each job
	 */
	static Load of(JobStore store, int producers, Duration pause) {
		return of(store, producers, pause, JobOptions.NONE);
	}

	/**
	 * Starts producers.
	 * @param pause how long each rests after each job
	 * @param options of all jobs
	 */
	static Load of(JobStore store, int producers, Duration pause, JobOptions options) {
		Load load = new Load(store, options);
		for (int i = 0; i < producers; i++) {
			Thread thread = new Thread(() -> load.produce(pause), "producer-" + i);
			thread.start();
			load.producers.add(thread);
		}
		return load;
	}

	/**
	 * Begins to work jobs off.
	 */
	QueueWorker work() {
		return Q.run(this.queue, QueueHandler.of(byte[].class, (payload, job) -> run(job.id())), 20);
	}

	/**
	 * Jobs whose enqueue has returned, with the nanosecond at which it did.
	 */
	Map<JobId, Long> acknowledged() {
		return this.acknowledged;
	}

	/**
	 * Jobs and how often they have been run.
	 */
	Map<JobId, Integer> runs() {
		return this.runs;
	}

	/**
	 * Jobs of which the store has said that they are done.
	 */
	Set<JobId> settled() {
		return this.settled;
	}

	Set<JobId> runAfterSettled() {
		return this.runAfterSettled;
	}

	/**
	 * How often an enqueue has failed.
	 */
	int refused() {
		return this.refused.get();
	}

	/**
	 * Waits until jobs are stored and settled again.
	 */
	void awaitWork(Duration limit) {
		int acknowledgedNow = this.acknowledged.size();
		int settledNow = this.settled.size();
		Patience.until("jobs are stored and settled again", limit,
				() -> this.acknowledged.size() > acknowledgedNow + SOME && this.settled.size() > settledNow + SOME);
	}

	/**
	 * Waits until so many jobs were acknowledged.
	 */
	void awaitJobs(int count) {
		Patience.until("jobs are stored", PATIENCE, () -> this.acknowledged.size() >= count);
	}

	private void produce(Duration pause) {
		while (!this.ended) {
			JobId id = this.ids.next();
			while (!this.ended && !isStored(id)) {
				LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
			}
			LockSupport.parkNanos(pause.toNanos());
		}
	}

	private boolean isStored(JobId id) {
		try {
			this.queue.enqueue(JobRequest.of((Object) PAYLOAD).withId(id));
			this.acknowledged.put(id, System.nanoTime());
			return true;
		}
		catch (QException ex) {
			this.refused.incrementAndGet();
			return false;
		}
	}

	private void run(JobId id) {
		if (this.settled.contains(id)) {
			this.runAfterSettled.add(id);
		}
		this.runs.merge(id, 1, Integer::sum);
	}

	private void hear(JobEvent event) {
		if (event instanceof JobEvent.Succeeded) {
			this.settled.add(event.id());
		}
	}

	/**
	 * Ends the producers. What has no answer by then is not sent again.
	 */
	void stop() {
		this.ended = true;
		try {
			for (Thread producer : this.producers) {
				producer.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while producers ended", ex);
		}
	}

	@Override
	public void close() {
		stop();
		this.queue.close();
	}

}
