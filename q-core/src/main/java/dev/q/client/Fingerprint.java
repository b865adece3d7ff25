package dev.q.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dev.q.job.JobSpec;
import dev.q.job.Payload;
import dev.q.job.UniqueKey;

/**
 * What makes jobs of equal payload equal: the SHA-256 of queue, type and payload.
 */
final class Fingerprint {

	/** No key that people write begins like this by chance. */
	private static final String PREFIX = "payload-sha256:";

	private final byte[] hash;

	private Fingerprint(byte[] hash) {
		this.hash = hash;
	}

	/**
	 * Takes the fingerprint of a job.
	 * @param spec the job
	 * @param payload its payload, in the one form that stands for all equal ones
	 * @return the fingerprint
	 */
	static Fingerprint of(JobSpec spec, Payload payload) {
		MessageDigest digest = sha256();
		add(spec.queue().value(), digest);
		add(spec.type().value(), digest);
		add(payload.contentType(), digest);
		return new Fingerprint(digest.digest(payload.toByteArray()));
	}

	/** No part may run into the next one. */
	private static void add(String text, MessageDigest digest) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		digest.update((byte) (bytes.length >> Byte.SIZE));
		digest.update((byte) bytes.length);
		digest.update(bytes);
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256, but this one has not", ex);
		}
	}

	UniqueKey key(UniqueKey.ByPayload rule) {
		return new UniqueKey(PREFIX + HexFormat.of().formatHex(this.hash), rule.scope(), rule.conflict());
	}

}
