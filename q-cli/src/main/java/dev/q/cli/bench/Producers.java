package dev.q.cli.bench;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.QueueFullException;
import dev.q.job.QueueName;
import dev.q.ports.EngineClock;

/**
 * Threads that enqueue until there are as many jobs as wanted. One that is refused for
 * want of room tries again, and the time until then counts as part of the call.
 */
final class Producers implements AutoCloseable {

	private static final Duration END = Duration.ofSeconds(10);

	private final Load load;

	private final Target target;

	private final Tally tally;

	private final EngineClock clock;

	private final Stamp stamp;

	private final ExecutorService threads;

	/** How many jobs are not given to a thread yet. */
	private final AtomicLong left;

	private volatile boolean stopped;

	Producers(Load load, Target target, Tally tally, EngineClock clock) {
		this.load = load;
		this.target = target;
		this.tally = tally;
		this.clock = clock;
		this.stamp = new Stamp(load.payloadSize());
		this.left = new AtomicLong(load.jobs());
		AtomicInteger count = new AtomicInteger();
		this.threads = Executors.newFixedThreadPool(load.producers(), (task) -> {
			Thread thread = new Thread(task, "producer-" + count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
	}

	void start() {
		for (int i = 0; i < this.load.producers(); i++) {
			this.threads.execute(this::enqueueAll);
		}
	}

	private void enqueueAll() {
		try {
			int share = share();
			while (share > 0 && !this.stopped) {
				enqueue(share);
				share = share();
			}
		}
		catch (RuntimeException ex) {
			// Of one that is stopped in a call, nobody wants to know.
			if (!this.stopped) {
				this.tally.fail(ex);
			}
		}
	}

	private int share() {
		long before = this.left.getAndAdd(-this.load.batch());
		return (int) Math.min(this.load.batch(), before);
	}

	private void enqueue(int jobs) {
		long began = this.clock.nanoTime();
		JobRequest request = JobRequest.of(Tally.TYPE, this.stamp.at(began))
			.with((options) -> options.queue(this.target.queue().value()));
		while (!this.stopped) {
			try {
				send(request, jobs);
				this.tally.enqueued(jobs, began);
				return;
			}
			catch (QueueFullException ex) {
				this.tally.refused();
			}
		}
	}

	/** Without a batch a call is what most applications make. */
	private void send(JobRequest request, int jobs) {
		if (this.load.batch() == 1) {
			this.target.template().enqueue(request);
		}
		else {
			List<JobRequest> all = Collections.nCopies(jobs, request);
			this.target.template().enqueueAll(all);
		}
	}

	/**
	 * Stops those that still enqueue, and waits for the calls that are under way.
	 */
	@Override
	public void close() {
		this.stopped = true;
		this.threads.shutdownNow();
		try {
			this.threads.awaitTermination(END.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Where jobs go.
	 *
	 * @param template enqueues
	 * @param queue the queue
	 */
	record Target(JobTemplate template, QueueName queue) {
	}

}
