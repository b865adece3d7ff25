package dev.q.job;

import java.time.Instant;
import java.util.UUID;

/**
 * Identity of a job, made by its producer, so that sending the same job twice is
 * harmless. Two jobs with equal payloads are two jobs. An id belongs to one queue only.
 *
 * @param value the UUID; version 7 when Q makes it, so ids sort by time of creation
 * @since 0.1
 */
public record JobId(UUID value) implements Comparable<JobId> {

	/**
	 * Reads an id in the usual form of a UUID.
	 * @param text 36 characters, as {@link #toString()} writes them
	 * @return the id
	 * @throws IllegalArgumentException if the text is not a UUID
	 */
	public static JobId of(String text) {
		if (text.length() == 36) {
			try {
				return new JobId(UUID.fromString(text));
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException(complaint(text), ex);
			}
		}
		throw new IllegalArgumentException(complaint(text));
	}

	/**
	 * Lays out a UUID of version 7 (RFC 9562, section 5.7).
	 * @param time when the id is made; milliseconds count
	 * @param counter orders ids of one millisecond; the low 12 bits are used
	 * @param random what makes the id unique; the low 62 bits are used
	 * @return the id
	 */
	public static JobId timeOrdered(Instant time, int counter, long random) {
		long high = (time.toEpochMilli() << 16) | 0x7000 | (counter & 0xfff);
		long low = 0x8000_0000_0000_0000L | (random & 0x3fff_ffff_ffff_ffffL);
		return new JobId(new UUID(high, low));
	}

	private static String complaint(String text) {
		return "A job id is a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057, but %s has %d characters or others than hexadecimal digits"
			.formatted(Names.quoted(text), text.length());
	}

	@Override
	public int compareTo(JobId other) {
		int high = Long.compareUnsigned(this.value.getMostSignificantBits(), other.value.getMostSignificantBits());
		return (high != 0) ? high
				: Long.compareUnsigned(this.value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
	}

	@Override
	public String toString() {
		return this.value.toString();
	}

}
