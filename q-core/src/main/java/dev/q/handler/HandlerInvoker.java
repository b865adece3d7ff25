package dev.q.handler;

import dev.q.JobContext;
import org.jspecify.annotations.Nullable;

/**
 * Runs a handler. Must be safe for use by many threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HandlerInvoker {

	/**
	 * Runs one attempt.
	 * @param payload what the handler takes, or null if it takes none
	 * @param context what the handler may ask
	 * @return what the handler returned: a result, a {@link dev.q.JobOutcome}, or null
	 * @throws Exception what the handler threw, as it threw it
	 */
	@Nullable Object invoke(@Nullable Object payload, JobContext context) throws Exception;

	/**
	 * Whether a handler that takes a payload may be given null when a job has none.
	 * @return false unless the handler says so
	 */
	default boolean acceptsNull() {
		return false;
	}

}
