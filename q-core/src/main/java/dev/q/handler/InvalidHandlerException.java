package dev.q.handler;

import dev.q.job.QException;
import org.jspecify.annotations.Nullable;

/**
 * A method is marked as a handler but cannot be one.
 *
 * @since 0.1
 */
public class InvalidHandlerException extends QException {

	/**
	 * Reports a method.
	 * @param origin which method
	 * @param problem what is wrong with it, and what to do
	 * @param cause the failure behind it, or null
	 */
	public InvalidHandlerException(String origin, String problem, @Nullable Throwable cause) {
		super("@JobHandler method %s is not valid: %s".formatted(origin, problem), cause);
	}

}
