package dev.q.sample;

import java.util.Locale;

import dev.q.sample.scan.Progress;

/**
 * Draws a bar, over and over in its place; or, where nobody looks on, a line now and
 * then. For one thread.
 */
final class ProgressBar {

	private static final int WIDTH = 40;

	private static final int CALLS_FOR_A_LINE = 10;

	private final Terminal terminal;

	private Progress progress = new Progress(0, 0);

	private int calls;

	ProgressBar(Terminal terminal) {
		this.terminal = terminal;
	}

	void show(Progress current) {
		this.progress = current;
		if (this.terminal.isInteractive()) {
			this.terminal.err().print("\r" + line());
			this.terminal.err().flush();
		}
		else if (this.calls++ % CALLS_FOR_A_LINE == 0) {
			this.terminal.err().println(line());
		}
	}

	void end() {
		this.terminal.err().println(this.terminal.isInteractive() ? "" : line());
	}

	private String line() {
		int filled = (int) part(WIDTH);
		return String.format(Locale.ROOT, "[%s%s] %3d%%  %,d of %,d jobs", "#".repeat(filled),
				".".repeat(WIDTH - filled), part(100), this.progress.ended(), this.progress.known());
	}

	private long part(int whole) {
		return (this.progress.known() > 0) ? whole * this.progress.ended() / this.progress.known() : 0;
	}

}
