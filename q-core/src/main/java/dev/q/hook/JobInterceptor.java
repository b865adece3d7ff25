package dev.q.hook;

import dev.q.JobContext;
import org.jspecify.annotations.Nullable;

/**
 * Stands around each call of a handler, on the thread of the handler, within its timeout,
 * and in its transaction if it has one. Beans of this type stand around each other in
 * their order, the first one outermost. Must be safe for use by many threads.
 *
 * <p>
 * What it returns is taken for what the handler has returned: a result, or a
 * {@link dev.q.JobOutcome} that says otherwise what becomes of the job. What it throws is
 * taken for a failure of the handler.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface JobInterceptor {

	/**
	 * Calls the handler, with something before or after it, or does not.
	 * @param context of the attempt
	 * @param next the next interceptor, and behind the last one the handler
	 * @return what the handler has returned, or something in its place
	 * @throws Exception if the attempt fails
	 */
	@Nullable Object around(JobContext context, Next next) throws Exception;

	/**
	 * What an interceptor stands around.
	 */
	interface Next {

		/**
		 * What the handler is given.
		 * @return the payload, or null if it takes none
		 */
		@Nullable Object payload();

		/**
		 * Goes on.
		 * @return what the handler has returned
		 * @throws Exception if it has failed
		 */
		@Nullable Object proceed() throws Exception;

	}

}
