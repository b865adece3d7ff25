package dev.q.store;

/**
 * What a store says to a worker that wants to write under a {@link Lease}.
 *
 * @since 0.1
 */
public enum LeaseAnswer {

	/** Done. */
	APPLIED,

	/**
	 * Refused, nothing has changed: the lease was recovered, revoked or already settled.
	 */
	LOST,

	/**
	 * Not known to be done, and the lease may still hold: the job is in a transaction of
	 * its own handler, or its server failed where other servers did not. Ask again.
	 */
	BUSY,

	/**
	 * Refused, nothing has changed, and it would be no use to ask again: the store cannot
	 * write what became of the job, for it does not take that, or what it holds of the
	 * job is damaged. The lease is to run out. Only settlements are answered so; a store
	 * that cannot tell which of several is to blame throws a
	 * {@linkplain StoreException#refusal refusal} of all.
	 */
	REFUSED

}
