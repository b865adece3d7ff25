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

	private final boolean refusal;

	/**
	 * Reports a store that did not do what was asked.
	 * @param message what was asked, and what is known of it now
	 */
	public StoreException(String message) {
		super(message);
		this.refusal = false;
	}

	/**
	 * Reports a store that did not do what was asked, and what led to it.
	 * @param message what was asked, and what is known of it now
	 * @param cause what led to it, or null
	 */
	public StoreException(String message, @Nullable Throwable cause) {
		this(message, cause, false);
	}

	private StoreException(String message, @Nullable Throwable cause, boolean refusal) {
		super(message, cause);
		this.refusal = refusal;
	}

	/**
	 * Reports a store that answers, but does not write what it was given, and would not
	 * do so later either: of several things, perhaps one is to blame.
	 * @param message what was refused
	 * @param cause what the store said, or null
	 * @return a failure that {@linkplain #isRefusal(RuntimeException) is a refusal};
	 * nothing was written
	 */
	public static StoreException refusal(String message, @Nullable Throwable cause) {
		return new StoreException(message, cause, true);
	}

	/**
	 * Whether it is what a store was given that it does not take, so that it is of no use
	 * to wait and give it the same again.
	 * @param failure what a store threw
	 * @return false if the store failed, or if that is not known
	 */
	public static boolean isRefusal(RuntimeException failure) {
		return failure instanceof StoreException told && told.refusal;
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
