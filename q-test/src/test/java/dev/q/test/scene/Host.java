package dev.q.test.scene;

import java.time.Duration;

import dev.q.store.JobStore;

/**
 * The server of a scene, to be killed and started again, and stores on it.
 */
interface Host extends AutoCloseable {

	/**
	 * Where it is, for {@link Stores#open(String)}.
	 */
	String address();

	/**
	 * Opens a store on it, to be closed before the host.
	 */
	JobStore open();

	/**
	 * The number of its first process.
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
	 * How long connections to it rest at most between two attempts.
	 */
	Duration longestPause();

	/**
	 * Whether it remembers every claim that it has answered, although it was killed right
	 * after. Jobs of claims that it forgot are run again, which counts as nothing.
	 */
	boolean remembersClaims();

	@Override
	void close();

	/**
	 * A kind of host, by which tests are named.
	 */
	interface Kind {

		Host start();

	}

}
