package dev.q.store;

import java.util.List;

import dev.q.job.WorkerId;

/**
 * Storing jobs, and working them off.
 *
 * @since 0.1
 */
public interface WorkStore {

	/** Most jobs that one group may hold. */
	int MAX_GROUP = 1000;

	/**
	 * Stores jobs. Each group is accepted or refused alone, in one step; a refusal never
	 * touches a neighbour. A job whose id the queue knows, in whatever state, is left as
	 * it is. Of each group the jobs become ready in their order.
	 * @param groups what to store
	 * @return an answer for each group, in the order of the groups
	 * @throws StoreException if the store failed; some of the groups may be stored, and
	 * sending all of them again is harmless
	 * @throws IllegalArgumentException if a job is one that this store can never hold;
	 * nothing was stored then
	 */
	List<InsertAnswer> insert(List<InsertGroup> groups);

	/**
	 * Leases ready jobs: queue by queue in the order given, priority by priority, first
	 * come first served. Jobs that are due by now are taken into account; those that have
	 * expired and those of a paused queue are not. No two claims of a job share a token.
	 * Of a queue that the request calls exclusive, one job at most, and none while one of
	 * its jobs is leased; nobody is told when that ends.
	 * @param request what to claim, for whom
	 * @return the jobs, at most as many as asked for, and when it is worth asking again
	 */
	ClaimAnswer claim(ClaimRequest request);

	/**
	 * Makes leases hold for their full length from now on.
	 * @param leases what to renew
	 * @return an answer for each lease, in the order of the leases. A lease that ran out
	 * is still renewed as long as nobody recovered it
	 */
	List<LeaseAnswer> renew(List<Lease> leases);

	/**
	 * Applies what became of attempts, each in one step and only while its lease holds. A
	 * lease that ran out holds as long as nobody recovered it.
	 * @param settlements leases and outcomes, at most one for each lease
	 * @param retention how long finished jobs are kept. A kind that is not kept at all is
	 * gone with its settlement
	 * @return an answer for each settlement, in the order of the settlements. One that
	 * cannot be written is {@link LeaseAnswer#REFUSED}, or the whole call fails with a
	 * refusal
	 */
	List<LeaseAnswer> settle(List<Settlement> settlements, Retention retention);

	/**
	 * Asks to be told when waiting may be over. A store that cannot tell keeps this
	 * default; then its callers only look now and then. A store that has many workers
	 * tells of ready jobs only as many as it takes, and only those that wait: whose last
	 * claim of the queue brought less than it asked for, and who have not been told
	 * since.
	 * @param worker who asks
	 * @param listener told on a thread of the store or of another caller, so it must
	 * return at once. Signals may be lost, doubled or late
	 * @return ends the subscription when closed
	 */
	default Subscription subscribe(WorkerId worker, StoreListener listener) {
		return Subscription.NONE;
	}

}
