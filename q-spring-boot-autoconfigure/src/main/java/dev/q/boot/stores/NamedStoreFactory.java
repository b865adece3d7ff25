package dev.q.boot.stores;

import dev.q.boot.NamedStoreProperties;
import dev.q.boot.StoreType;
import dev.q.store.JobStore;

/**
 * Makes stores of one kind for {@code q.stores}.
 *
 * @since 0.1
 */
public interface NamedStoreFactory {

	/**
	 * Which kind.
	 * @return the kind
	 */
	StoreType type();

	/**
	 * Makes a store.
	 * @param properties what is said of it
	 * @return a store that is open; whoever asks for it closes it
	 */
	JobStore make(NamedStoreProperties properties);

}
