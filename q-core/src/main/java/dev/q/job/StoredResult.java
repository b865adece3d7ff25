package dev.q.job;

/**
 * What a job left behind when it succeeded.
 *
 * @since 0.1
 */
public sealed interface StoredResult {

	/** Its handler returned nothing, or it has not succeeded. */
	StoredResult NONE = new None();

	/**
	 * Its handler returned nothing, or it has not succeeded.
	 */
	record None() implements StoredResult {
	}

	/**
	 * Its handler returned a value.
	 *
	 * @param payload the value, encoded
	 */
	record Value(Payload payload) implements StoredResult {
	}

	/**
	 * Its handler returned a value that could not be kept.
	 *
	 * @param reason why
	 */
	record Omitted(String reason) implements StoredResult {
	}

}
