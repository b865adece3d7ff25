package dev.q.cli.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import dev.q.job.Payload;

/**
 * A payload that says when it was enqueued, by the clock for spans of this process: a
 * JSON text of 16 digits, filled up to its size.
 */
final class Stamp {

	/** The least that it takes, with its quotes. */
	static final int BYTES = 18;

	private static final int DIGITS = 16;

	private final String filling;

	/**
	 * Makes payloads of a size.
	 * @param size bytes, {@value #BYTES} or more
	 */
	Stamp(int size) {
		this.filling = "x".repeat(size - BYTES);
	}

	String at(long nanoTime) {
		return HexFormat.of().toHexDigits(nanoTime) + this.filling;
	}

	static long of(String text) {
		return HexFormat.fromHexDigitsToLong(text, 0, DIGITS);
	}

	/** Looks at its beginning alone. */
	static long of(Payload payload) {
		try (InputStream in = payload.newInputStream()) {
			in.skipNBytes(1);
			return of(new String(in.readNBytes(DIGITS), StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
