package dev.q.store;

/**
 * Ends a subscription.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

	/** Of a store that never signals. */
	Subscription NONE = () -> {
	};

	/**
	 * Ends the subscription. Ending it twice is harmless; a signal that is under way may
	 * still arrive.
	 */
	@Override
	void close();

}
