package dev.q.inprocess;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks on their way through a queue. Workers take them in order of arrival; there are
 * never more workers than places, and none without a task.
 */
final class TaskLine {

	private static final Logger logger = LoggerFactory.getLogger(RunnableQueue.class);

	private final LineSettings settings;

	private final Executor threads;

	// Guards all that follows.
	private final ReentrantLock lock = new ReentrantLock();

	private final Condition room = this.lock.newCondition();

	private final Condition change = this.lock.newCondition();

	private final TaskBook book;

	private int workers;

	private Term term;

	TaskLine(LineSettings settings, Executor threads, TaskBook book) {
		this.settings = settings;
		this.threads = threads;
		this.book = book;
		this.term = term(Term.Phase.STOPPED);
	}

	/**
	 * Asks the book, or changes it in a way that makes no room.
	 */
	<R extends @Nullable Object> R ask(Function<TaskBook, R> question) {
		this.lock.lock();
		try {
			return question.apply(this.book);
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isOpen() {
		return ask((book) -> this.term.phase() == Term.Phase.OPEN);
	}

	void open() {
		ask((book) -> this.term = switch (this.term.phase()) {
			case OPEN -> this.term;
			case STOPPED -> term(Term.Phase.OPEN);
			case STOPPING -> throw new IllegalStateException(
					"Queue %s is being stopped. Start it when that is done".formatted(this.settings.name()));
		});
	}

	private Term term(Term.Phase phase) {
		return new Term(this.book, this.change, this.settings.grace(), phase);
	}

	<T> TaskId<T> submit(Callable<T> work) {
		Task<T> task;
		this.lock.lock();
		try {
			awaitRoom();
			task = this.book.add(work);
			if (this.workers == this.settings.slots()) {
				return task.id();
			}
			this.workers++;
		}
		finally {
			this.lock.unlock();
		}
		// Not under the lock: an executor may run the worker on this very thread.
		startWorker(task);
		return task.id();
	}

	private void awaitRoom() {
		long left = TimeUnit.NANOSECONDS.convert(this.settings.offerTimeout());
		while (this.term.phase() == Term.Phase.OPEN && this.book.inHand() >= this.settings.inHand()) {
			if (left <= 0) {
				throw this.settings.full(null);
			}
			try {
				left = this.room.awaitNanos(left);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw this.settings.full(ex);
			}
		}
		if (this.term.phase() != Term.Phase.OPEN) {
			throw this.settings.closed();
		}
	}

	/**
	 * If there is no thread to be had, the task is refused, unless another worker has
	 * taken it meanwhile.
	 */
	private void startWorker(Task<?> task) {
		try {
			this.threads.execute(this::work);
		}
		// Not only a rejection: a machine that is out of threads says so by an Error.
		catch (Throwable ex) {
			if (ask((book) -> isRefused(task, ex))) {
				throw this.settings.withoutThread(ex);
			}
		}
	}

	private boolean isRefused(Task<?> task, Throwable reason) {
		this.workers--;
		boolean refused = this.book.forget(task);
		if (this.workers == 0) {
			// Let in meanwhile, counting on the worker that could not be had.
			this.book.failWaiting(reason).forEach((id) -> tryToLog(id, reason));
		}
		signal();
		return refused;
	}

	/**
	 * Works on a thread that may be somebody else's, even that of the submit: an
	 * interrupt from before is put aside, since it is not meant for a task.
	 */
	private void work() {
		boolean interrupted = Thread.interrupted();
		Task<?> task = next();
		while (task != null) {
			end(task, task.call());
			task = next();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private @Nullable Task<?> next() {
		return this.<@Nullable Task<?>>ask((book) -> {
			Task<?> task = book.takeNext();
			if (task == null) {
				this.workers--;
			}
			return task;
		});
	}

	private void end(Task<?> task, TaskResult<?> result) {
		TaskResult<?> remembered = ask((book) -> {
			signal();
			return book.end(task, result);
		});
		if (remembered instanceof TaskResult.Failed<?> failed) {
			tryToLog(task.id(), failed.error());
		}
	}

	/**
	 * A log that fails, for want of memory or of a disk, must not end the worker.
	 */
	private void tryToLog(TaskId<?> id, Throwable failure) {
		try {
			logger.warn("Task {} of queue {} failed", id, this.settings.name(), failure);
		}
		catch (Throwable ex) {
			failure.addSuppressed(ex);
		}
	}

	Cancellation cancel(TaskId<?> id) {
		return ask((book) -> {
			signal();
			return book.cancel(id);
		});
	}

	/**
	 * There may be room, and a line that is being stopped may be empty.
	 */
	private void signal() {
		this.room.signal();
		this.change.signalAll();
	}

	StopReport stop(Duration timeout, StopMode mode) {
		List<TaskId<?>> dropped = new ArrayList<>();
		boolean interrupted = false;
		this.lock.lock();
		try {
			Term ending = this.term;
			if (ending.phase() != Term.Phase.STOPPED) {
				this.room.signalAll();
				interrupted = ending.finish(timeout, mode, dropped);
				ending.end();
			}
			return new StopReport(dropped, this.book.others());
		}
		finally {
			this.lock.unlock();
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	void awaitStop() throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			this.term.awaitEnd();
		}
		finally {
			this.lock.unlock();
		}
	}

}
