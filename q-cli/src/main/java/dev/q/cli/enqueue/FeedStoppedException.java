package dev.q.cli.enqueue;

import java.util.List;

import dev.q.job.QException;

/**
 * Not all lines of an input could be stored; the message says which are.
 */
final class FeedStoppedException extends QException {

	private final transient List<Line> doubtful;

	FeedStoppedException(String message, Throwable cause) {
		this(message, List.of(), cause);
	}

	/**
	 * Reports lines of which nobody knows.
	 * @param message what is stored
	 * @param doubtful what may be stored
	 * @param cause what led to it
	 */
	FeedStoppedException(String message, List<Line> doubtful, Throwable cause) {
		super(message, cause);
		this.doubtful = List.copyOf(doubtful);
	}

	/** Lines that may be stored or not. */
	List<Line> doubtful() {
		return this.doubtful;
	}

}
