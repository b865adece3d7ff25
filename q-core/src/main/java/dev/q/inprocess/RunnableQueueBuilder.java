package dev.q.inprocess;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;

import dev.q.job.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * Says how a {@link RunnableQueue} works, and builds it. For use by one thread.
 *
 * @since 0.1
 */
public final class RunnableQueueBuilder {

	static final int UNLIMITED = Integer.MAX_VALUE;

	private final int slots;

	private QueueName name = new QueueName("tasks");

	private @Nullable Integer capacity;

	private @Nullable Duration offerTimeout;

	private Duration grace = Duration.ofMillis(500);

	private int keptResults;

	private boolean readOnce;

	private @Nullable Executor executor;

	RunnableQueueBuilder(int slots) {
		this.slots = slots;
	}

	/**
	 * Names the queue, for messages and threads; {@code tasks} unless set.
	 * @param value 1 to 128 characters of {@code [A-Za-z0-9._-]}
	 * @return this builder
	 */
	public RunnableQueueBuilder name(String value) {
		this.name = new QueueName(value);
		return this;
	}

	/**
	 * How many tasks may wait beyond those that run;
	 * {@value RunnableQueue#DEFAULT_CAPACITY} unless set.
	 * @param tasks zero or more
	 * @return this builder
	 * @throws IllegalArgumentException if the number is negative
	 */
	public RunnableQueueBuilder capacity(int tasks) {
		if (tasks < 0) {
			throw new IllegalArgumentException("A capacity must not be negative, but was " + tasks);
		}
		this.capacity = tasks;
		return this;
	}

	/**
	 * How long a submit waits for room before it is refused; 10 ms unless set.
	 * @param span zero or more
	 * @return this builder
	 * @throws IllegalArgumentException if the span is negative
	 */
	public RunnableQueueBuilder offerTimeout(Duration span) {
		this.offerTimeout = RunnableQueue.requireNotNegative("An offer timeout", span);
		return this;
	}

	/**
	 * How long a stop waits for tasks that it has interrupted, for tests that are not to
	 * depend on how fast a thread is.
	 */
	RunnableQueueBuilder grace(Duration span) {
		this.grace = span;
		return this;
	}

	/**
	 * Keeps the results of the {@value RunnableQueue#DEFAULT_KEPT_RESULTS} tasks that
	 * ended last.
	 * @return this builder
	 */
	public RunnableQueueBuilder track() {
		return track(RunnableQueue.DEFAULT_KEPT_RESULTS);
	}

	/**
	 * Keeps the results of the tasks that ended last, with what they hold.
	 * @param results how many, 1 or more
	 * @return this builder
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public RunnableQueueBuilder track(int results) {
		if (results < 1) {
			throw new IllegalArgumentException(
					"At least 1 result must be kept, but %d were asked for. Leave track out to keep none"
						.formatted(results));
		}
		this.keptResults = results;
		return this;
	}

	/**
	 * Forgets how a task ended, well or badly, as soon as somebody has been told.
	 * @return this builder
	 */
	public RunnableQueueBuilder readOnce() {
		this.readOnce = true;
		return this;
	}

	/**
	 * Runs the tasks on somebody else's threads, which are left alone when the queue is
	 * stopped; platform threads of its own unless set. Stop the queue before them.
	 * @param threads should run as many at once as the queue does, such as one virtual
	 * thread for each
	 * @return this builder
	 */
	public RunnableQueueBuilder executor(Executor threads) {
		this.executor = threads;
		return this;
	}

	/**
	 * Builds the queue.
	 * @return a queue that has yet to be started
	 * @throws IllegalArgumentException if what was said contradicts itself
	 */
	public RunnableQueue build() {
		if (this.readOnce && this.keptResults == 0) {
			throw new IllegalArgumentException(
					"Queue %s is to keep no results and to forget those that were read. Add track, or leave readOnce out"
						.formatted(this.name));
		}
		if (this.slots == UNLIMITED && (this.capacity != null || this.offerTimeout != null)) {
			throw new IllegalArgumentException(
					"Queue %s is unlimited, so nothing ever waits. Leave capacity and offerTimeout out, or build it with concurrent(n)"
						.formatted(this.name));
		}
		LineSettings settings = new LineSettings(this.name, this.slots,
				Objects.requireNonNullElse(this.capacity, RunnableQueue.DEFAULT_CAPACITY),
				Objects.requireNonNullElse(this.offerTimeout, RunnableQueue.DEFAULT_OFFER_TIMEOUT), this.grace);
		TaskBook book = new TaskBook(this.slots, new TaskBook.Tracking(this.keptResults, this.readOnce));
		Executor threads = Objects.requireNonNullElseGet(this.executor, () -> new WorkerThreads(this.name));
		return new RunnableQueue(this.name.value(), new TaskLine(settings, threads, book));
	}

}
