package dev.q.store.jdbc;

/**
 * Checks what callers ask for.
 */
final class Limits {

	private Limits() {
	}

	static int requirePositive(int limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("A limit must be at least 1, but was " + limit);
		}
		return limit;
	}

}
