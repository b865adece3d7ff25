package dev.q.test.scene.host;

import java.time.Duration;

import dev.q.store.JobStore;

/**
 * The server of a scene, to be killed and started again, and stores on it.
 *
 * @since 0.1
 */
public interface Host extends AutoCloseable {

	/**
	 * Where it is, for {@link Stores#open(String)}.
	 * @return the address, as one word
	 */
	String address();

	/**
	 * Opens a store on it.
	 * @return the store, to be closed before the host
	 */
	JobStore open();

	/**
	 * The number of its first process.
	 * @return the number that signals are sent to
	 */
	long pid();

	/**
	 * Ends all its processes by SIGKILL.
	 */
	void kill();

	/**
	 * Starts it again, and waits until it takes connections.
	 */
	void restart();

	/**
	 * How long connections to it rest between two attempts.
	 * @return the longest pause
	 */
	Duration longestPause();

	/**
	 * Whether it remembers every claim that it has answered, although it was killed right
	 * after. Jobs of claims that it forgot are run again, which counts as nothing.
	 * @return true if none is forgotten
	 */
	boolean remembersClaims();

	@Override
	void close();

	/**
	 * A kind of host, by which tests are named.
	 */
	interface Kind {

		/**
		 * Starts a host.
		 * @return the host, to be closed
		 */
		Host start();

	}

}
