package dev.q.store.redis;

import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The server answers, but is not fit to keep jobs: too old, set up to throw keys out, of
 * a layout that this version does not know, or not permitting what Q needs. Waiting does
 * not help; the message says what does.
 *
 * @since 0.1
 */
public class RedisServerException extends StoreException {

	/**
	 * Reports an unfit server.
	 * @param message what is wrong, and the remedy
	 */
	public RedisServerException(String message) {
		super(message);
	}

	/**
	 * Reports an unfit server, and what it said.
	 * @param message what is wrong, and the remedy
	 * @param cause what it said, or null
	 */
	public RedisServerException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
