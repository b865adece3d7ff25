package dev.q.store.routing;

import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with several stores: the first failure, with the others in it. For use
 * by one thread.
 */
final class Failures {

	private @Nullable RuntimeException first;

	/**
	 * Takes a failure down.
	 * @throws IllegalArgumentException if it is one: what a caller got wrong is no
	 * failure of a store
	 * @throws StoreException if it is a refusal: neither is that
	 */
	void add(RuntimeException failure) {
		if (StoreException.isRefusal(failure)) {
			throw failure;
		}
		if (failure instanceof IllegalArgumentException wrong) {
			throw wrong;
		}
		RuntimeException known = this.first;
		if (known == null) {
			this.first = failure;
		}
		else if (!failure.equals(known)) {
			known.addSuppressed(failure);
		}
	}

	@Nullable RuntimeException first() {
		return this.first;
	}

	void rethrow() {
		RuntimeException known = this.first;
		if (known != null) {
			throw known;
		}
	}

}
