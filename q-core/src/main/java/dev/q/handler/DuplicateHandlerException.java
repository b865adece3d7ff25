package dev.q.handler;

import dev.q.job.QException;

/**
 * Two handlers want the same type of job.
 *
 * @since 0.1
 */
public class DuplicateHandlerException extends QException {

	/**
	 * Reports two handlers.
	 * @param one the one
	 * @param other the other
	 */
	public DuplicateHandlerException(HandlerDefinition one, HandlerDefinition other) {
		super("Two handlers run jobs of type %s: %s and %s. Give one of them another type, or remove it"
			.formatted(one.type(), one.origin(), other.origin()));
	}

}
