package dev.q.cli.bench;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.q.JobHandler;
import dev.q.event.JobEvent;
import dev.q.event.JobListener;
import dev.q.ports.EngineClock;
import org.jspecify.annotations.Nullable;

/**
 * What has happened so far, and how long it took. Any thread counts, one waits.
 */
final class Tally implements JobListener {

	/** The type of all jobs. */
	static final String TYPE = "q-bench";

	private final long jobs;

	private final EngineClock clock;

	private final Times times = new Times(new Latencies(), new Latencies(), new Latencies());

	private final Counts counts = new Counts(new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong(),
			new AtomicLong());

	private final CountDownLatch over = new CountDownLatch(1);

	private volatile @Nullable RuntimeException failure;

	Tally(long jobs, EngineClock clock) {
		this.jobs = jobs;
		this.clock = clock;
	}

	/** The handler of all jobs. */
	@JobHandler(TYPE)
	void handle(String stamp) {
		this.times.pickUp().record(this.clock.nanoTime() - Stamp.of(stamp));
	}

	@Override
	public void onEvent(JobEvent event) {
		if (event instanceof JobEvent.Succeeded succeeded) {
			long now = this.clock.nanoTime();
			this.times.endToEnd().record(now - Stamp.of(succeeded.spec().payload()));
			this.counts.lastDone().accumulateAndGet(now, Tally::later);
			if (this.counts.done().incrementAndGet() >= this.jobs) {
				this.over.countDown();
			}
		}
	}

	/**
	 * A call has stored jobs.
	 * @param stored how many
	 * @param began when the call began
	 */
	void enqueued(int stored, long began) {
		long now = this.clock.nanoTime();
		this.times.enqueue().record(now - began);
		this.counts.lastEnqueued().accumulateAndGet(now, Tally::later);
		this.counts.enqueued().addAndGet(stored);
	}

	/** A full queue has refused a call, which is made again. */
	void refused() {
		this.counts.refused().incrementAndGet();
	}

	/** Nobody waits any longer: a producer has failed. */
	void fail(RuntimeException cause) {
		this.failure = cause;
		this.over.countDown();
	}

	/** Nobody waits any longer: the process is asked to end. */
	void stop() {
		this.over.countDown();
	}

	/**
	 * Waits until all is done, or cannot be done.
	 * @param most how long at most
	 * @return false if that time is over first
	 */
	boolean isOverWithin(Duration most) throws InterruptedException {
		return this.over.await(Math.max(0, most.toNanos()), TimeUnit.NANOSECONDS);
	}

	@Nullable RuntimeException failure() {
		return this.failure;
	}

	boolean isComplete() {
		return this.counts.done().get() >= this.jobs;
	}

	Times times() {
		return this.times;
	}

	Counts counts() {
		return this.counts;
	}

	/** Of two moments, of which zero is none. Differences alone make sense. */
	private static long later(long one, long other) {
		return (one == 0 || other - one > 0) ? other : one;
	}

	/**
	 * How long it took.
	 *
	 * @param enqueue a call that enqueues, until it returns
	 * @param pickUp from the beginning of that call until the handler begins
	 * @param endToEnd from the beginning of that call until the success is stored
	 */
	record Times(Latencies enqueue, Latencies pickUp, Latencies endToEnd) {
	}

	/**
	 * How many there were, and when the last.
	 *
	 * @param enqueued jobs that are stored
	 * @param done jobs whose success is stored
	 * @param refused calls that a full queue has refused
	 * @param lastEnqueued when the last job was stored, or zero
	 * @param lastDone when the last success was stored, or zero
	 */
	record Counts(AtomicLong enqueued, AtomicLong done, AtomicLong refused, AtomicLong lastEnqueued,
			AtomicLong lastDone) {
	}

}
