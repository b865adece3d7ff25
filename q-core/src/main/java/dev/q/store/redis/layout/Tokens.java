package dev.q.store.redis.layout;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

import dev.q.job.JobId;
import dev.q.store.Lease;
import org.jspecify.annotations.Nullable;

/**
 * What leases are told apart by. Each claim has a nonce: a random mark of this process
 * and a number, so that no two are equal, not even after the server forgot some. The
 * token of a lease is the nonce and the id of its job. Safe for use by many threads.
 *
 * @since 0.1
 */
public final class Tokens {

	private static final char BETWEEN = ':';

	private final String mark;

	private final AtomicLong count = new AtomicLong();

	/**
	 * Draws a mark.
	 */
	public Tokens() {
		byte[] random = new byte[9];
		new SecureRandom().nextBytes(random);
		this.mark = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + '.';
	}

	/**
	 * Makes a nonce.
	 * @return one that was never made before
	 */
	public String nextNonce() {
		return this.mark + Long.toString(this.count.incrementAndGet(), Character.MAX_RADIX);
	}

	/**
	 * Makes a token.
	 * @param nonce that of the claim
	 * @param job the job that was claimed
	 * @return the token of its lease
	 */
	public static String token(String nonce, JobId job) {
		return nonce + BETWEEN + job;
	}

	/**
	 * The nonce of the claim that gave a lease.
	 * @param lease the lease
	 * @return the nonce, or null if the token is none of that job
	 */
	public static @Nullable String nonceOf(Lease lease) {
		String token = lease.token();
		int end = token.indexOf(BETWEEN);
		return (end > 0 && token.substring(end + 1).equals(lease.job().toString())) ? token.substring(0, end) : null;
	}

}
