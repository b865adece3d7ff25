package dev.q.inprocess;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link RunnableQueue} knows of a task. (What a stored job leaves behind is
 * another matter: {@link dev.q.job.StoredResult}.)
 *
 * @param <T> what the task returns
 * @since 0.1
 */
public sealed interface TaskResult<T> {

	/**
	 * The task waits for its turn.
	 *
	 * @param <T> what the task returns
	 */
	record Pending<T>() implements TaskResult<T> {
	}

	/**
	 * The task runs.
	 *
	 * @param <T> what the task returns
	 */
	record Running<T>() implements TaskResult<T> {
	}

	/**
	 * The task has returned.
	 *
	 * @param <T> what the task returns
	 * @param value what it returned; null of a {@link Runnable}
	 */
	record Succeeded<T>(@Nullable T value) implements TaskResult<T> {
	}

	/**
	 * The task has thrown.
	 *
	 * @param <T> what the task returns
	 * @param error what it threw
	 */
	record Failed<T>(Throwable error) implements TaskResult<T> {
	}

	/**
	 * The task was cancelled, or given up when its queue was stopped: it never ran, or it
	 * threw after it had been interrupted.
	 *
	 * @param <T> what the task returns
	 */
	record Cancelled<T>() implements TaskResult<T> {
	}

	/**
	 * There never was such a task, or its result is not kept any more.
	 *
	 * @param <T> what the task returns
	 */
	record NotFound<T>() implements TaskResult<T> {
	}

	/**
	 * The queue keeps no results: it was built without {@code track}.
	 *
	 * @param <T> what the task returns
	 */
	record TrackingDisabled<T>() implements TaskResult<T> {
	}

}
