package dev.q.inprocess;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks of this process in the background: one at a time in strict order of their
 * arrival, or several at once. A task is an object and is run as it is; nothing is
 * encoded, and what has not run when the process ends is lost.
 *
 * <p>
 * The queue is bounded: when as many tasks wait as it has capacity for, a submit waits
 * for a moment and is then refused. Whatever a task throws is logged, and harms no other
 * task.
 *
 * <p>
 * Safe for use by many threads, tasks of the queue included. May be started and stopped
 * again and again.
 *
 * @since 0.1
 */
public final class RunnableQueue implements AutoCloseable {

	/** How many tasks may wait, beyond those that run, unless set otherwise. */
	public static final int DEFAULT_CAPACITY = 100;

	/** How long a submit waits for room unless set otherwise. */
	public static final Duration DEFAULT_OFFER_TIMEOUT = Duration.ofMillis(10);

	/** How many results are kept unless set otherwise. */
	public static final int DEFAULT_KEPT_RESULTS = 10_000;

	private static final Logger logger = LoggerFactory.getLogger(RunnableQueue.class);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(25);

	private final String name;

	private final TaskLine line;

	RunnableQueue(String name, TaskLine line) {
		this.name = name;
		this.line = line;
	}

	/**
	 * A queue that runs one task at a time, each after the one that arrived before it.
	 * @return what builds it
	 */
	public static RunnableQueueBuilder sequential() {
		return new RunnableQueueBuilder(1);
	}

	/**
	 * A queue that runs several tasks at once. They start in order of arrival.
	 * @param atOnce how many at most, 1 or more
	 * @return what builds it
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public static RunnableQueueBuilder concurrent(int atOnce) {
		if (atOnce < 1) {
			throw new IllegalArgumentException(
					"A queue must run at least 1 task at once, but was told to run %d".formatted(atOnce));
		}
		return new RunnableQueueBuilder(atOnce);
	}

	/**
	 * A queue that starts every task at once, however many there are. Nothing waits and
	 * nothing is refused, so callers must see to it that tasks do not pile up.
	 * @return what builds it
	 */
	public static RunnableQueueBuilder unlimited() {
		return new RunnableQueueBuilder(RunnableQueueBuilder.UNLIMITED);
	}

	/**
	 * Begins to take tasks and to run them. Does nothing if that was done.
	 * @throws IllegalStateException if the queue is being stopped at the moment
	 */
	public void start() {
		this.line.open();
	}

	/**
	 * Whether the queue takes tasks.
	 * @return true from a start until the next stop begins
	 */
	public boolean isRunning() {
		return this.line.isOpen();
	}

	/**
	 * Runs a task soon.
	 * @param task what to run
	 * @return its identity: 1 for the first one, then 2, and so on
	 * @throws QueueBusyException if there is no room and none comes free in time, if the
	 * thread is interrupted meanwhile (its flag stays set), or if there is no thread to
	 * run the task. Nothing of the task is kept then
	 * @throws dev.q.QueueClosedException if the queue is not started, or is stopped
	 */
	public TaskId<Void> submit(Runnable task) {
		return this.line.submit(() -> {
			task.run();
			return null;
		});
	}

	/**
	 * Runs a task soon, as {@link #submit(Runnable)} does.
	 * @param <T> what it returns
	 * @param task what to run
	 * @return its identity
	 */
	public <T> TaskId<T> submit(Callable<T> task) {
		return this.line.submit(task);
	}

	/**
	 * What is known of a task. A task is pending as soon as its submit has returned.
	 * @param <T> what it returns
	 * @param id which task
	 * @return where it stands, or how it ended as long as that is kept
	 */
	public <T> TaskResult<T> result(TaskId<T> id) {
		return this.line.ask((book) -> book.result(id));
	}

	/**
	 * Cancels a task: one that waits never starts, one that runs is interrupted.
	 * @param id which task
	 * @return which of both was done, if any
	 */
	public Cancellation cancel(TaskId<?> id) {
		return this.line.cancel(id);
	}

	/**
	 * Forgets the results of all tasks that have ended. Those that wait or run are not
	 * touched.
	 * @return how many results there were
	 */
	public int clear() {
		return this.line.ask(TaskBook::clear);
	}

	/**
	 * Takes no more tasks, and brings those that are in to their end. Returns when none
	 * is left, at the latest half a second after the timeout; a thread that is
	 * interrupted meanwhile waits no longer, and its flag stays set. A task may stop its
	 * own queue; it is neither waited for nor interrupted, and what could only run after
	 * it never starts.
	 * @param timeout how long tasks have before they are interrupted; zero or more
	 * @param mode what becomes of them until then
	 * @return what never starts now, and what runs on in spite of the interrupt. When
	 * several calls stop the queue, each task that was dropped is in the report of one
	 * @throws IllegalArgumentException if the timeout is negative
	 */
	public StopReport stop(Duration timeout, StopMode mode) {
		return this.line.stop(requireNotNegative("A timeout", timeout), mode);
	}

	/**
	 * Stops the queue as {@code stop(25 seconds, FINISH_RUNNING)} does, and logs what was
	 * left undone.
	 */
	@Override
	public void close() {
		StopReport report = stop(CLOSE_TIMEOUT, StopMode.FINISH_RUNNING);
		if (!report.isClean()) {
			logger.warn("Queue {} was closed; tasks that never start: {}, that run on in spite of an interrupt: {}",
					this.name, report.dropped(), report.stillRunning());
		}
	}

	/**
	 * Waits until the queue is stopped. Returns at once if it is not started.
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	public void awaitStop() throws InterruptedException {
		this.line.awaitStop();
	}

	static Duration requireNotNegative(String what, Duration span) {
		if (span.isNegative()) {
			throw new IllegalArgumentException("%s must not be negative, but was %s".formatted(what, span));
		}
		return span;
	}

}
