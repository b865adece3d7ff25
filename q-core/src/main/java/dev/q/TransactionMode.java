package dev.q;

/**
 * What an enqueue has to do with the transaction of its caller. If nobody says so, it
 * joins one that the store can join, and waits for the commit of any other. Without a
 * transaction, or after its commit, all of them store the job at once.
 *
 * @since 0.1
 */
public enum TransactionMode {

	/**
	 * The job is stored in the transaction, and shares its fate. Refused if the store
	 * cannot do that, or cannot in this transaction since it is read-only or of another
	 * resource.
	 */
	JOIN,

	/**
	 * The job is stored once the transaction is committed, and never if it is rolled
	 * back. Until then it is in the memory of this process alone.
	 */
	AFTER_COMMIT,

	/** The job is stored at once, and stays when the transaction is rolled back. */
	NONE

}
