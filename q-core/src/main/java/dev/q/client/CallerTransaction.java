package dev.q.client;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells whether whoever enqueues does so in a transaction. Must be safe for use by many
 * threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CallerTransaction {

	/** Nobody is ever in a transaction. */
	CallerTransaction NONE = Optional::empty;

	/**
	 * The transaction that the calling thread is in.
	 * @return takes jobs that are to be {@linkplain DeferredJobs#committed() stored or
	 * announced} in one step, in the order in which it is given them, after the commit;
	 * empty if there is no transaction to wait for
	 */
	Optional<Consumer<DeferredJobs>> current();

}
