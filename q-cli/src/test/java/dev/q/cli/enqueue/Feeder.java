package dev.q.cli.enqueue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Another program that feeds a command, in two pieces: the second one is not there before
 * it is waited for.
 */
abstract class Feeder extends InputStream {

	private byte[] piece;

	private int at;

	private boolean isSecond;

	/**
	 * Has the first piece.
	 * @param first what is there from the beginning
	 */
	Feeder(String first) {
		this.piece = first.getBytes(StandardCharsets.UTF_8);
	}

	/** The second piece; the command waits for it. */
	abstract String next();

	@Override
	public int available() {
		return this.piece.length - this.at;
	}

	@Override
	public int read() {
		if (available() == 0 && !this.isSecond) {
			this.isSecond = true;
			this.piece = next().getBytes(StandardCharsets.UTF_8);
			this.at = 0;
		}
		return (available() > 0) ? this.piece[this.at++] & 0xff : -1;
	}

	@Override
	public int read(byte[] bytes, int from, int most) {
		int count = 0;
		do {
			int next = read();
			if (next < 0) {
				return (count > 0) ? count : -1;
			}
			bytes[from + count] = (byte) next;
			count++;
		}
		while (count < most && available() > 0);
		return count;
	}

}
