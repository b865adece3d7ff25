package dev.q.inprocess;

/**
 * Identity of a task within its {@link RunnableQueue}.
 *
 * @param <T> what the task returns; {@link Void} for a {@link Runnable}
 * @param number 1 for the first task of a queue, and so on in order of arrival
 * @since 0.1
 */
// The parameter ties an id to the type of its result.
@SuppressWarnings("UnusedTypeParameter")
public record TaskId<T>(long number) {

	/**
	 * The number.
	 */
	@Override
	public String toString() {
		return Long.toString(this.number);
	}

}
