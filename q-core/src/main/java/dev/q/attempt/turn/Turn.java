package dev.q.attempt.turn;

/**
 * That an attempt may run.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Turn {

	/** Of a handler without a limit. */
	Turn FREE = () -> {
	};

	/**
	 * Lets the next one in. Does nothing when called again.
	 */
	void end();

}
