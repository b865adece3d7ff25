package dev.q.cli.store;

import dev.q.job.QException;

/**
 * What was said of the store makes no sense.
 *
 * @since 0.1
 */
public final class SetupException extends QException {

	/**
	 * Says what is wrong.
	 * @param message what, with the value and the remedy, but no secret
	 */
	public SetupException(String message) {
		super(message);
	}

	SetupException(String message, Throwable cause) {
		super(message, cause);
	}

}
