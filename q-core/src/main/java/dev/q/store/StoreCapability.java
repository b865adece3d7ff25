package dev.q.store;

/**
 * What a store may be able to do beyond what every store must. A caller that needs one
 * that is missing refuses with an exception that names it; nothing is ever left out
 * silently.
 *
 * @since 0.1
 */
public enum StoreCapability {

	/** Jobs may be delivered at most once. */
	AT_MOST_ONCE,

	/** Jobs may expire, by age or at an instant. */
	EXPIRY,

	/** An enqueue may trade durability for speed. */
	RELAXED_DURABILITY,

	/** An enqueue may wait for copies on further servers. */
	REPLICATED_DURABILITY,

	/** Unique keys may be held in other scopes than until the job is done. */
	UNIQUE_SCOPES,

	/** A taken unique key may change the job that holds it. */
	UNIQUE_UPDATES,

	/** Jobs may be stored in the caller's transaction. */
	TRANSACTIONAL_ENQUEUE,

	/** A job may be settled in its handler's transaction. */
	TRANSACTIONAL_COMPLETION,

	/**
	 * Storing the jobs of many callers in one call costs much less than a call for each,
	 * so jobs that are enqueued one by one at the same time are gathered: one group for
	 * each job, all of one durability, up to 256 in a call, which any of their callers
	 * makes. Never those of a caller who is in a transaction that the client sees.
	 */
	GROUP_COMMIT,

	/**
	 * Calls that store jobs hardly hinder each other while they are under way, as on one
	 * connection that carries them side by side. So jobs that are enqueued one by one are
	 * gathered only while 8 calls for such jobs are under way; for other stores with
	 * {@link #GROUP_COMMIT} already while one is. Says nothing without it.
	 */
	CONCURRENT_INSERTS,

	/** Jobs may be found by text in their payload. */
	TEXT_SEARCH

}
