package dev.q.store.jdbc;

import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server that answers, but cannot be worked with as it is: its schema is
 * missing or too new, a right is lacking, it is read only. The message says what helps.
 *
 * @since 0.1
 */
public class PostgresServerException extends StoreException {

	/**
	 * Reports what is wrong with a server.
	 * @param message what is wrong, and what helps
	 */
	public PostgresServerException(String message) {
		super(message);
	}

	/**
	 * Reports what is wrong with a server, and how that came out.
	 * @param message what is wrong, and what helps
	 * @param cause what the server said, or null
	 */
	public PostgresServerException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
