package dev.q.store.jdbc;

import dev.q.store.Lease;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of leases: the random number of the claim, as hexadecimal digits.
 */
final class Leases {

	private static final int RADIX = 16;

	private Leases() {
	}

	static String token(long number) {
		return Long.toHexString(number);
	}

	/** The number of a lease, or null if its token cannot be of this store. */
	static @Nullable Long number(Lease lease) {
		try {
			long number = Long.parseUnsignedLong(lease.token(), RADIX);
			return token(number).equals(lease.token()) ? number : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
