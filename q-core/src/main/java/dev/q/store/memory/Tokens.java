package dev.q.store.memory;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes tokens for leases, none of which repeats. A counter alone would do within one
 * store, but a lease of an earlier store in the same process, which may have stood at the
 * same count at the same time of a clock that is not real, must not be taken for one of
 * this store. So each store puts a random mark in front.
 */
final class Tokens {

	private final String mark = Long.toHexString(new SecureRandom().nextLong()) + '-';

	private final AtomicLong count = new AtomicLong();

	String next() {
		return this.mark + this.count.incrementAndGet();
	}

}
