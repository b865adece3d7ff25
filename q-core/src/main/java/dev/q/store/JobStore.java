package dev.q.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.q.job.QueueName;

/**
 * Where jobs live. The one bean of a store; each client asks it for the one role that it
 * needs. All roles are safe for use by many threads, and every method of a role is one
 * round trip whatever the size of the batch, unless it says otherwise.
 *
 * @since 0.1
 */
public interface JobStore extends AutoCloseable {

	/**
	 * Checks how many a caller asks a role for at most.
	 * @param limit how many
	 * @return the same limit
	 * @throws IllegalArgumentException if it is less than 1
	 */
	static int requireLimit(int limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("A limit must be at least 1, but was " + limit);
		}
		return limit;
	}

	/**
	 * What people call this store.
	 * @return a short name, such as {@code memory}
	 */
	String name();

	/**
	 * What this store can do beyond what every store must.
	 * @return its capabilities; callers refuse what is not among them, visibly
	 */
	Set<StoreCapability> capabilities();

	/**
	 * The store that holds a queue: what it can do for jobs of that queue, and whether it
	 * takes part in transactions, is to be asked there.
	 * @param queue which queue
	 * @return this store, unless it is several in one
	 */
	default JobStore storeOf(QueueName queue) {
		return this;
	}

	/**
	 * What is wrong with parts of this store, as far as is known without asking anybody.
	 * @return a sentence for each, for people; empty for a store that fails or works as a
	 * whole
	 */
	default List<String> problems() {
		return List.of();
	}

	/**
	 * The role of producers and workers.
	 * @return always the same object
	 */
	WorkStore work();

	/**
	 * The role of whoever keeps the store in order.
	 * @return always the same object
	 */
	MaintenanceStore maintenance();

	/**
	 * The role of recurring jobs.
	 * @return always the same object
	 */
	ScheduleStore schedules();

	/**
	 * The role of the register of workers.
	 * @return always the same object
	 */
	ClusterStore cluster();

	/**
	 * The role of those who look.
	 * @return always the same object
	 */
	JobCatalog catalog();

	/**
	 * The role of those who intervene.
	 * @return always the same object
	 */
	JobControl control();

	/**
	 * The role of those who write in a transaction of their own.
	 * @return empty if this store cannot take part in one
	 */
	default Optional<TransactionStore> transaction() {
		return Optional.empty();
	}

	/**
	 * Lets go of what the store holds. Closing twice is harmless; every call of a role
	 * after that throws a {@link StoreException}.
	 */
	@Override
	void close();

}
