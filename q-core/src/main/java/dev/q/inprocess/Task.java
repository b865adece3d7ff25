package dev.q.inprocess;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * A task that has been let in. All but {@link #call()} under the lock of its line.
 *
 * @param <T> what it returns
 */
final class Task<T> {

	private final TaskId<T> id;

	private final Callable<T> work;

	private @Nullable Thread thread;

	private boolean interrupted;

	Task(TaskId<T> id, Callable<T> work) {
		this.id = id;
		this.work = work;
	}

	TaskId<T> id() {
		return this.id;
	}

	/**
	 * Runs the task on the calling thread. Throws nothing: whatever the task throws is
	 * its result, and neither the worker nor another task must suffer for it.
	 */
	TaskResult<T> call() {
		try {
			return new TaskResult.Succeeded<>(this.work.call());
		}
		catch (Throwable ex) {
			return new TaskResult.Failed<>(ex);
		}
	}

	void enter() {
		this.thread = Thread.currentThread();
	}

	/**
	 * Ends the task, on the thread that ran it. An interrupt that was meant for it must
	 * not reach the next one.
	 * @return what is to be remembered of it
	 */
	TaskResult<?> leave(TaskResult<?> result) {
		this.thread = null;
		Thread.interrupted();
		return (this.interrupted && result instanceof TaskResult.Failed) ? new TaskResult.Cancelled<>() : result;
	}

	boolean isRunBy(Thread other) {
		return other.equals(this.thread);
	}

	void interrupt() {
		if (this.thread != null) {
			this.interrupted = true;
			this.thread.interrupt();
		}
	}

}
