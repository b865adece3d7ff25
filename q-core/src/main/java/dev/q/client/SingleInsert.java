package dev.q.client;

import dev.q.store.StoreException;

/**
 * Stores jobs that callers enqueue one by one. Safe for use by many threads.
 */
@FunctionalInterface
interface SingleInsert {

	/**
	 * Stores a job, and announces it.
	 * @param draft the job
	 * @param answers takes down what the store says
	 * @throws StoreException if the store failed
	 */
	void insert(Draft draft, Answers answers);

}
