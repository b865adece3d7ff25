package dev.q.store;

import java.util.List;

/**
 * Writing in the transaction of the calling thread: what is written commits or vanishes
 * with it, and nobody else sees it before. Only for stores with
 * {@link StoreCapability#TRANSACTIONAL_ENQUEUE} and
 * {@link StoreCapability#TRANSACTIONAL_COMPLETION}.
 *
 * <p>
 * No method ends the transaction or makes it unusable by a refusal: what the store
 * refuses is an answer.
 *
 * @since 0.1
 */
public interface TransactionStore {

	/**
	 * Whether the calling thread is in a transaction that this store can write in.
	 * @return false if there is none, or only one of another resource
	 */
	boolean isJoinable();

	/**
	 * Stores jobs as {@link WorkStore#insert} does. Workers see them, and are told of
	 * them, after the commit.
	 * @param groups what to store
	 * @return an answer for each group, in the order of the groups
	 * @throws IllegalStateException if there is no transaction to join, or if it is read
	 * only; nothing was sent to the server then
	 * @throws StoreException if the server failed; the transaction is broken
	 */
	List<InsertAnswer> insert(List<InsertGroup> groups);

	/**
	 * Settles as {@link WorkStore#settle} does. Until the transaction ends the job is
	 * {@link LeaseAnswer#BUSY} for everybody else, and not recovered even if its lease
	 * runs out meanwhile.
	 * @param settlements leases and outcomes, at most one for each lease
	 * @param retention how long finished jobs are kept
	 * @return an answer for each settlement, in the order of the settlements. Whoever is
	 * told that a lease is lost should roll back
	 * @throws IllegalStateException if there is no transaction to join, or if it is read
	 * only; nothing was sent to the server then
	 * @throws StoreException if the server failed; the transaction is broken
	 */
	List<LeaseAnswer> settle(List<Settlement> settlements, Retention retention);

}
