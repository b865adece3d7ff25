package dev.q;

import dev.q.job.QException;
import org.jspecify.annotations.Nullable;

/**
 * A job cannot be enqueued by a {@link HandlerReference}. Nothing was stored.
 *
 * @since 0.1
 */
public class InvalidHandlerReferenceException extends QException {

	/**
	 * Reports a reference.
	 * @param reference what it refers to, and from where
	 * @param problem what is wrong with it, and what to do
	 * @param cause the failure behind it, or null
	 */
	public InvalidHandlerReferenceException(String reference, String problem, @Nullable Throwable cause) {
		super("No job can be enqueued by %s: %s".formatted(reference, problem), cause);
	}

}
