package dev.q.cli.session;

/**
 * Tells that the process is asked to end, such as by Ctrl-C. It ends when all who were
 * told have returned, whatever else it does, and with the exit code that the signal gives
 * it.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Interrupts {

	/**
	 * Has something done when the process is asked to end, or at once if it was already.
	 * @param task what; on a thread of its own, and it must return soon
	 * @return to be closed when that need not be done any more
	 */
	Registration tell(Runnable task);

	/**
	 * Somebody who is told.
	 */
	interface Registration extends AutoCloseable {

		/**
		 * Is told no more. Closing twice is harmless.
		 */
		@Override
		void close();

	}

}
