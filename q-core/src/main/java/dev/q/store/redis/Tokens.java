package dev.q.store.redis;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

import dev.q.job.JobId;
import dev.q.store.Lease;
import org.jspecify.annotations.Nullable;

/**
 * What leases are told apart by. Each claim has a nonce: a random mark of this process
 * and a number, so that no two are equal, not even after the server forgot some. The
 * token of a lease is the nonce and the id of its job.
 */
final class Tokens {

	private static final char BETWEEN = ':';

	private final String mark;

	private final AtomicLong count = new AtomicLong();

	Tokens() {
		byte[] random = new byte[9];
		new SecureRandom().nextBytes(random);
		this.mark = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + '.';
	}

	String nextNonce() {
		return this.mark + Long.toString(this.count.incrementAndGet(), Character.MAX_RADIX);
	}

	static String token(String nonce, JobId job) {
		return nonce + BETWEEN + job;
	}

	/**
	 * The nonce of the claim that gave a lease.
	 * @return the nonce, or null if the token is none of that job
	 */
	static @Nullable String nonceOf(Lease lease) {
		String token = lease.token();
		int end = token.indexOf(BETWEEN);
		return (end > 0 && token.substring(end + 1).equals(lease.job().toString())) ? token.substring(0, end) : null;
	}

}
