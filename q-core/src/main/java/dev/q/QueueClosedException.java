package dev.q;

import dev.q.job.QException;

/**
 * A queue of this process takes nothing and gives nothing: it was stopped or closed, or
 * not started yet.
 *
 * @since 0.1
 */
public class QueueClosedException extends QException {

	/**
	 * Reports a call that came too early or too late.
	 * @param message which queue, and in which state it is
	 */
	public QueueClosedException(String message) {
		super(message);
	}

}
