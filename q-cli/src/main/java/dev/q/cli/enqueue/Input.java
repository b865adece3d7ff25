package dev.q.cli.enqueue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import org.jspecify.annotations.Nullable;

/**
 * Bytes from a file or from the standard input. Holds no more of them than one payload.
 * For use by one thread.
 */
final class Input {

	/** As much as q.max-payload may be. */
	static final int LONGEST = 64 * 1024 * 1024;

	private static final int AT_ONCE = 64 * 1024;

	private final InputStream in;

	private final byte[] buffer = new byte[AT_ONCE];

	/** What is left of the buffer begins here. */
	private int from;

	/** And ends here. */
	private int to;

	private long line;

	/**
	 * Takes a stream.
	 * @param in stays the caller's
	 */
	Input(InputStream in) {
		this.in = in;
	}

	/** All of it. */
	byte[] whole() {
		try {
			byte[] bytes = this.in.readNBytes(LONGEST + 1);
			if (bytes.length > LONGEST) {
				throw tooLong("The payload");
			}
			return bytes;
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	/**
	 * The next line that is not blank, or null if there is none.
	 * @param source reads when nothing is left of what was read before
	 */
	byte @Nullable [] nextLine(Source source) {
		try {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			boolean isBlank = true;
			int next = next(source);
			this.line++;
			while (next >= 0 && (next != '\n' || isBlank)) {
				if (next == '\n') {
					this.line++;
					bytes.reset();
				}
				else {
					isBlank &= next == ' ' || next == '\t' || next == '\r';
					bytes.write(next);
				}
				if (bytes.size() > LONGEST) {
					throw tooLong("Line " + this.line);
				}
				next = next(source);
			}
			return isBlank ? null : bytes.toByteArray();
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	private int next(Source source) throws IOException {
		if (this.from == this.to) {
			this.from = 0;
			this.to = Math.max(0, source.read(this.in, this.buffer));
			if (this.to == 0) {
				return -1;
			}
		}
		return this.buffer[this.from++] & 0xff;
	}

	/** Number of the line that was read last, 1 for the first. */
	long line() {
		return this.line;
	}

	private static IllegalArgumentException tooLong(String what) {
		return new IllegalArgumentException(
				"%s has more than %d bytes. Keep the data elsewhere and enqueue where it is".formatted(what, LONGEST));
	}

	private static UncheckedIOException unreadable(IOException ex) {
		return new UncheckedIOException("The input cannot be read to its end: " + ex.getMessage(), ex);
	}

	/**
	 * Reads from a stream.
	 */
	@FunctionalInterface
	interface Source {

		/** As {@link InputStream#read(byte[])} does. */
		int read(InputStream in, byte[] buffer) throws IOException;

	}

}
