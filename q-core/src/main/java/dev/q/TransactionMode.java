package dev.q;

/**
 * What an enqueue has to do with the transaction of its caller. Without a transaction all
 * of them store the job at once.
 *
 * @since 0.1
 */
public enum TransactionMode {

	/**
	 * The job is stored in the transaction, and shares its fate. Refused by a store that
	 * cannot do that.
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
