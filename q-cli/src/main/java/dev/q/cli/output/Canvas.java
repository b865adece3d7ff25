package dev.q.cli.output;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A terminal on which each picture takes the place of the one before. What was there
 * before comes back at the end. Safe for use by many threads: one draws, and the one that
 * ends the process closes.
 *
 * @since 0.1
 */
public final class Canvas implements AutoCloseable {

	/** The second screen; no cursor; lines that are too long are cut. */
	private static final String TAKE = "\u001b[?1049h\u001b[?25l\u001b[?7l";

	private static final String GIVE_BACK = "\u001b[?7h\u001b[?25h\u001b[?1049l";

	private static final String TO_THE_TOP = "\u001b[H";

	private static final String NOTHING_MORE_IN_LINE = "\u001b[K";

	private static final String NOTHING_MORE_BELOW = "\u001b[J";

	private final PrintWriter out;

	/** Guards the writer and the two flags. */
	private final ReentrantLock lock = new ReentrantLock();

	private boolean taken;

	private boolean closed;

	Canvas(PrintWriter out) {
		this.out = out;
	}

	/**
	 * Shows a picture, unless this is closed.
	 * @param lines from top to bottom; escaped here. There must be room for one line more
	 */
	public void draw(List<String> lines) {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.out.print(this.taken ? TO_THE_TOP : TAKE + TO_THE_TOP);
				this.taken = true;
				// After a line that is cut, it would take the last character away.
				lines.forEach((line) -> this.out.print(NOTHING_MORE_IN_LINE + Lines.printable(line) + "\r\n"));
				this.out.print(NOTHING_MORE_BELOW);
				this.out.flush();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Gives the terminal back. Closing twice is harmless.
	 */
	@Override
	public void close() {
		this.lock.lock();
		try {
			if (this.taken && !this.closed) {
				this.out.print(GIVE_BACK);
				this.out.flush();
			}
			this.closed = true;
		}
		finally {
			this.lock.unlock();
		}
	}

}
