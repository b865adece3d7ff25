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
