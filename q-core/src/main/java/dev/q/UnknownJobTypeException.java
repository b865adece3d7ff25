package dev.q;

import dev.q.job.QException;

/**
 * No type fits a payload, or more than one.
 *
 * @since 0.1
 */
public class UnknownJobTypeException extends QException {

	/**
	 * Reports a payload whose type is not known.
	 * @param message which payload, and which types there are
	 */
	public UnknownJobTypeException(String message) {
		super(message);
	}

}
