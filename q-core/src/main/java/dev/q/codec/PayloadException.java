package dev.q.codec;

import dev.q.job.QException;

/**
 * A payload could not be written or read. The message says which type and where, and
 * quotes nothing of the payload; for the same reason there is no cause, since the
 * messages of parsers quote what they stumbled over.
 *
 * @since 0.1
 */
public class PayloadException extends QException {

	/**
	 * Reports a payload that could not be written or read.
	 * @param message which type, and where in the payload; nothing that is in it
	 */
	public PayloadException(String message) {
		super(message);
	}

}
