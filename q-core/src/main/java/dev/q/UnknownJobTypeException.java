package dev.q;

import dev.q.job.QException;

/**
 * No type fits a payload, or more than one.
 *
 * @since 0.1
 */
public class UnknownJobTypeException extends QException {

	public UnknownJobTypeException(String message) {
		super(message);
	}

}
