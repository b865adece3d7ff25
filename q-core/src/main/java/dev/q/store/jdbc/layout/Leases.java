package dev.q.store.jdbc.layout;

import dev.q.job.JobId;
import dev.q.store.Lease;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of leases: the random number of the claim, as hexadecimal digits, and the job,
 * so that the token of one job is none of another.
 *
 * @since 0.1
 */
public final class Leases {

	private static final int RADIX = 16;

	private static final char BETWEEN = ':';

	private Leases() {
	}

	/**
	 * Writes a token.
	 * @param number the random number of the claim
	 * @param job which job
	 * @return the token
	 */
	public static String token(long number, JobId job) {
		return Long.toHexString(number) + BETWEEN + job;
	}

	/**
	 * Reads the number of a lease.
	 * @param lease the lease
	 * @return the number, or null if the token cannot be of this store
	 */
	public static @Nullable Long number(Lease lease) {
		int end = lease.token().indexOf(BETWEEN);
		try {
			long number = Long.parseUnsignedLong(lease.token(), 0, Math.max(0, end), RADIX);
			return token(number, lease.job()).equals(lease.token()) ? number : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
