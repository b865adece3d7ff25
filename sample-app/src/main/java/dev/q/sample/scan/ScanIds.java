package dev.q.sample.scan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

import dev.q.job.JobId;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a scan's jobs. Each is made from the scan's own and from what the job is
 * for: a job that is enqueued twice has the same id twice, and Q stores it once.
 *
 * @param scan the scan
 */
record ScanIds(JobId scan) {

	JobId page(@Nullable Path last) {
		return id("page", (last != null) ? last.toUri().toString() : "");
	}

	/**
	 * With the queue, since an id belongs to one queue only, and a file that grows
	 * changes over to another.
	 */
	JobId file(String queue, Path file) {
		return id(queue, file.toUri().toString());
	}

	JobId stumble() {
		return id("drill", "stumble");
	}

	JobId missingFile() {
		return id("drill", "missing-file");
	}

	JobId report() {
		return id("report", "");
	}

	/**
	 * A UUID of version 8, the one for ids made by a rule of one's own (RFC 9562, section
	 * 5.8).
	 */
	private JobId id(String role, String subject) {
		ByteBuffer hash = ByteBuffer.wrap(sha256(this.scan + "\n" + role + "\n" + subject));
		long high = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x8000L;
		long low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
		return new JobId(new UUID(high, low));
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform must have SHA-256, but this one has not", ex);
		}
	}

}
