package dev.q.cli.top;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.q.cli.output.Canvas;
import dev.q.cli.output.OutputOptions;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.Interrupts;
import dev.q.cli.session.Shell;
import dev.q.cli.store.DurationText;
import dev.q.ports.EngineClock;
import dev.q.ports.SystemClock;
import dev.q.store.JobStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows queues and workers again and again.
 *
 * @since 0.1
 */
@Command(name = "top",
		description = "Show queues and workers, those with the most ready jobs first, again and again until Ctrl-C.")
public final class TopCommand implements Callable<Integer> {

	private static final Duration SHORTEST = Duration.ofMillis(250);

	private static final Duration LONGEST = Duration.ofHours(1);

	/** One is for the cursor, or stays empty between two views. */
	private static final int FEWEST_ROWS = Picture.LEAST + 1;

	private static final int MOST_ROWS = 100_000;

	/** Of a terminal that does not tell. */
	private static final int USUAL_ROWS = 24;

	private final Shell shell;

	private final EngineClock clock = new SystemClock();

	private final CountDownLatch interrupted = new CountDownLatch(1);

	@Option(names = "--interval", paramLabel = "DURATION", converter = DurationText.class,
			description = "How long between two views, 250ms to 1h. 2s unless set.")
	private Duration interval = Duration.ofSeconds(2);

	@Option(names = "--count", paramLabel = "N", description = "End after so many views.")
	private @Nullable Integer count;

	@Option(names = "--rows", paramLabel = "N",
			description = "Show so many lines at most, 4 or more. On a terminal no more than LINES of the environment, and 24 unless one is set; elsewhere all unless set.")
	private @Nullable Integer rows;

	@Option(names = "--plain", description = "Show one view below the other, on a terminal too.")
	private boolean plain;

	/**
	 * Makes the command.
	 * @param shell opens the store
	 */
	public TopCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		requireSense();
		return this.shell.with((session) -> {
			OutputOptions output = session.output();
			Canvas canvas = output.canvas();
			Interrupts.Registration registration = this.shell.terminal().interrupts().tell(() -> end(canvas));
			try {
				watch(session.store(), (picture) -> {
					if (isDrawn()) {
						canvas.draw(picture.text(height() - 1));
					}
					else {
						output.showNext(picture.json(), () -> picture.text(height() - 1));
					}
				});
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			finally {
				registration.close();
				canvas.close();
			}
			return ExitCode.DONE;
		});
	}

	private void requireSense() {
		if (this.interval.compareTo(SHORTEST) < 0 || this.interval.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException("--interval must be from 250ms to 1h, but was " + this.interval);
		}
		if (this.count != null && this.count < 1) {
			throw new IllegalArgumentException("--count must be 1 or more, but was " + this.count);
		}
		if (this.rows != null && (this.rows < FEWEST_ROWS || this.rows > MOST_ROWS)) {
			throw new IllegalArgumentException(
					"--rows must be from %d to %d, but was %d".formatted(FEWEST_ROWS, MOST_ROWS, this.rows));
		}
		if (height() < FEWEST_ROWS) {
			throw new IllegalArgumentException(
					"LINES is %d, but top needs %d lines or more: make the terminal higher, or take --plain"
						.formatted(height(), FEWEST_ROWS));
		}
	}

	private boolean isDrawn() {
		return this.shell.terminal().live() && !this.plain && !this.shell.output().isJson();
	}

	/** A terminal that is lower than wished must not scroll. */
	private int height() {
		if (!isDrawn()) {
			return Objects.requireNonNullElse(this.rows, MOST_ROWS);
		}
		String told = this.shell.terminal().environment().getOrDefault("LINES", "");
		if (told.matches("[1-9][0-9]{0,3}")) {
			return Math.min(Integer.parseInt(told), Objects.requireNonNullElse(this.rows, MOST_ROWS));
		}
		return Objects.requireNonNullElse(this.rows, USUAL_ROWS);
	}

	/** The terminal is given back at once; what is under way is drawn no more. */
	private void end(Canvas canvas) {
		this.interrupted.countDown();
		canvas.close();
	}

	private void watch(JobStore store, Screen screen) throws InterruptedException {
		View last = null;
		int shown = 0;
		do {
			View view = View.of(store, this.clock);
			screen.show(new Picture(store, view, last));
			last = (view.figures() != null) ? view : last;
			shown++;
		}
		while (!isLast(shown) && !this.interrupted.await(this.interval.toNanos(), TimeUnit.NANOSECONDS));
	}

	private boolean isLast(int shown) {
		return (this.count != null && shown >= this.count) || this.shell.output().isUnread();
	}

	/**
	 * Where a view is shown.
	 */
	@FunctionalInterface
	private interface Screen {

		void show(Picture picture);

	}

}
