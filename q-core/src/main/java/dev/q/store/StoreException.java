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

	/**
	 * Reports a store that did not do what was asked.
	 * @param message what was asked, and what is known of it now
	 */
	public StoreException(String message) {
		super(message);
	}

	/**
	 * Reports a store that did not do what was asked, and what led to it.
	 * @param message what was asked, and what is known of it now
	 * @param cause what led to it, or null
	 */
	public StoreException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Makes sure that a store has answered for everything that it was asked, so that a
	 * broken one is noticed before anything is done about its answers.
	 * @param what what was asked about, for the complaint
	 * @param asked about how many
	 * @param answered how many answers there are
	 * @throws StoreException if the numbers differ
	 */
	public static void requireAnswers(String what, int asked, int answered) {
		if (asked != answered) {
			throw new StoreException(
					"The store was asked about %d %s, but gave %d answers. It does not keep its contract, and what it did is unknown"
						.formatted(asked, what, answered));
		}
	}

}
