package dev.q.store;

import dev.q.job.QException;
import org.jspecify.annotations.Nullable;

/**
 * A store did not answer, or not as it must. Whether a write took place may be unknown;
 * every method of the SPI may be called again with the same arguments.
 *
 * @since 0.1
 */
public class StoreException extends QException {

	public StoreException(String message) {
		super(message);
	}

	public StoreException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
