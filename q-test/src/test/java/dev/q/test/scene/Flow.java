package dev.q.test.scene;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import dev.q.JobRequest;
import dev.q.event.JobEvent;
import dev.q.expert.JobQueue;
import dev.q.expert.Q;
import dev.q.expert.QueueHandler;
import dev.q.expert.QueueWorker;
import dev.q.job.JobId;
import dev.q.store.JobStore;
import dev.q.test.scene.host.Stores;
import dev.q.test.server.Patience;

/**
 * Jobs that flow as fast as they are done: a producer that stores them in batches as long
 * as few wait, and a worker. Only counts are kept, so it may last.
 */
final class Flow implements AutoCloseable {

	private static final int BATCH = 200;

	private static final int WAITING = 2000;

	private static final int CONCURRENCY = 50;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration PAUSE = Duration.ofMillis(2);

	private final AtomicLong stored = new AtomicLong();

	private final AtomicLong done = new AtomicLong();

	private final Set<JobId> noted = ConcurrentHashMap.newKeySet();

	private final JobQueue queue;

	private final QueueWorker worker;

	private final Thread producer = new Thread(this::produce, "flow");

	private volatile boolean notes;

	private volatile boolean ended;

	private Flow(JobStore store) {
		this.queue = Q.queue(Stores.QUEUE.value()).store(store).listener(this::hear).build();
		this.worker = Q.run(this.queue, QueueHandler.of(byte[].class, (payload, job) -> {
		}), CONCURRENCY);
	}

	static Flow on(JobStore store) {
		Flow flow = new Flow(store);
		flow.producer.start();
		return flow;
	}

	private void produce() {
		JobRequest job = JobRequest.of((Object) new byte[100]);
		while (!this.ended) {
			if (this.stored.get() - this.done.get() > WAITING) {
				LockSupport.parkNanos(PAUSE.toNanos());
			}
			else {
				this.stored.addAndGet(this.queue.enqueueAll(Collections.nCopies(BATCH, job)).size());
			}
		}
	}

	private void hear(JobEvent event) {
		if (event instanceof JobEvent.Succeeded) {
			if (this.notes) {
				this.noted.add(event.id());
			}
			this.done.incrementAndGet();
		}
	}

	/**
	 * How many jobs the worker has done.
	 */
	long done() {
		return this.done.get();
	}

	/**
	 * Takes down which jobs the worker does from now on, so that they can be waited for.
	 */
	void note() {
		this.notes = true;
	}

	/**
	 * Waits until the worker has done jobs, and takes down no more.
	 */
	void awaitNoted(Collection<JobId> jobs, Duration limit) {
		Patience.until("lost jobs are done", limit, () -> this.noted.containsAll(jobs));
		this.notes = false;
		this.noted.clear();
	}

	/**
	 * Ends the producer, and waits until the worker has done what was stored.
	 */
	void drain() {
		this.ended = true;
		try {
			this.producer.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while the producer ended", ex);
		}
		Patience.until("all jobs are done", PATIENCE, () -> this.done.get() >= this.stored.get());
	}

	/**
	 * How many jobs were stored.
	 */
	long stored() {
		return this.stored.get();
	}

	@Override
	public void close() {
		this.ended = true;
		this.worker.close();
		this.queue.close();
	}

}
