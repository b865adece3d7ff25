package dev.q.sample.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads a stream in one pass, however long it is. To be used once.
 */
final class FactsReader {

	private static final int BUFFER = 16 * 1024;

	private static final int HEAD = 8 * 1024;

	private final MessageDigest digest = sha256();

	private long bytes;

	private long lines;

	private long words;

	private boolean insideWord;

	FileFacts read(InputStream in) throws IOException {
		byte[] buffer = new byte[BUFFER];
		int count = in.readNBytes(buffer, 0, BUFFER);
		byte[] head = Arrays.copyOf(buffer, Math.min(count, HEAD));
		while (count > 0) {
			requireNoInterrupt();
			add(buffer, count);
			count = in.readNBytes(buffer, 0, BUFFER);
		}
		return new FileFacts(this.bytes, this.lines, this.words, HexFormat.of().formatHex(this.digest.digest()),
				FileKind.of(head));
	}

	/**
	 * A file may take longer than an application is given to stop, and the reading itself
	 * does not heed an interrupt.
	 */
	private void requireNoInterrupt() throws InterruptedIOException {
		if (Thread.currentThread().isInterrupted()) {
			throw new InterruptedIOException("Interrupted after %d bytes".formatted(this.bytes));
		}
	}

	private void add(byte[] buffer, int count) {
		this.bytes += count;
		this.digest.update(buffer, 0, count);
		for (int i = 0; i < count; i++) {
			byte value = buffer[i];
			if (value == '\n') {
				this.lines++;
			}
			boolean partOfWord = !isWhiteSpace(value);
			if (partOfWord && !this.insideWord) {
				this.words++;
			}
			this.insideWord = partOfWord;
		}
	}

	private static boolean isWhiteSpace(byte value) {
		return value == ' ' || (value >= '\t' && value <= '\r');
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform must have SHA-256, but this one has not", ex);
		}
	}

}
