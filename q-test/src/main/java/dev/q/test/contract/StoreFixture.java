package dev.q.test.contract;

import java.time.Duration;
import java.time.Instant;

import dev.q.store.JobStore;

/**
 * An empty store for one test, and its clock, which only the test moves. The clock of the
 * store stands at whole milliseconds, and so do all the spans by which it is moved.
 *
 * @since 0.1
 */
public interface StoreFixture extends AutoCloseable {

	/**
	 * The store.
	 * @return always the same object
	 */
	JobStore store();

	/**
	 * Another client on the same data, as a second node has it.
	 * @return a further object, or the same if the store lives in one process only
	 */
	default JobStore reopen() {
		return store();
	}

	/**
	 * What the clock of the store shows.
	 * @return the time that the store decides by
	 */
	Instant now();

	/**
	 * Moves the clock of the store.
	 * @param span how far, more than zero
	 */
	void advance(Duration span);

	/**
	 * Ends the test: closes all clients and deletes all data.
	 */
	@Override
	void close();

}
