package dev.q.cli.session;

/**
 * What a command does while the store is open.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Work {

	/**
	 * Does it.
	 * @param session the open store
	 * @return how it went
	 */
	ExitCode in(Session session);

}
