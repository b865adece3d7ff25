package dev.q.store.routing;

import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with several stores: the first failure, with the others in it. For use
 * by one thread.
 */
final class Failures {

	private @Nullable RuntimeException first;

	private boolean refused;

	/**
	 * Takes a failure down. A refusal is one of the call, and not of its store: the
	 * others are asked all the same, and may have written.
	 * @throws IllegalArgumentException if it is one: what a caller got wrong is no
	 * failure of a store
	 */
	void add(RuntimeException failure) {
		if (failure instanceof IllegalArgumentException wrong) {
			throw wrong;
		}
		boolean isRefusal = StoreException.isRefusal(failure);
		this.refused |= isRefusal;
		RuntimeException known = this.first;
		if (known == null) {
			this.first = isRefusal ? new StoreException(
					"One of several stores refuses what it was given; what the others were given they may have taken: "
							+ failure.getMessage(),
					failure) : failure;
		}
		else if (!failure.equals(known)) {
			known.addSuppressed(failure);
		}
	}

	/**
	 * The first failure, if a store failed.
	 * @throws StoreException if a store refused: that is nothing to go on after
	 */
	@Nullable RuntimeException first() {
		if (this.refused) {
			rethrow();
		}
		return this.first;
	}

	void rethrow() {
		RuntimeException known = this.first;
		if (known != null) {
			throw known;
		}
	}

}
