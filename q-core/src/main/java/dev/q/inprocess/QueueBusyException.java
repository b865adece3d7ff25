package dev.q.inprocess;

import dev.q.job.QException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RunnableQueue} had no room for a task, or no thread. Nothing of the task was
 * kept; it may be submitted again.
 *
 * @since 0.1
 */
public class QueueBusyException extends QException {

	/**
	 * Reports a task that was not taken.
	 * @param message which queue, and what to do
	 * @param cause what led to it, or null
	 */
	public QueueBusyException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
