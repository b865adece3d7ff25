package dev.q.job;

import org.jspecify.annotations.Nullable;

/**
 * Root of all exceptions that Q throws for a reason of its own. The message says what
 * went wrong, with which job, queue or type, and what happens now or what to do.
 *
 * @since 0.1
 */
public class QException extends RuntimeException {

	/**
	 * Reports what went wrong.
	 * @param message what, with which job, queue or type, and what to do
	 */
	public QException(String message) {
		super(message);
	}

	/**
	 * Reports what went wrong, and what led to it.
	 * @param message what, with which job, queue or type, and what to do
	 * @param cause what led to it, or null
	 */
	public QException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
