package dev.q.job;

import org.jspecify.annotations.Nullable;

/**
 * Root of all exceptions that Q throws for a reason of its own. The message says what
 * went wrong, with which job, queue or type, and what happens now or what to do.
 *
 * @since 0.1
 */
public class QException extends RuntimeException {

	public QException(String message) {
		super(message);
	}

	public QException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
