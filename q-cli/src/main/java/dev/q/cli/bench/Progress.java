package dev.q.cli.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

import dev.q.job.QException;
import dev.q.ports.EngineClock;

/**
 * Waits for the end of a measurement and says each second how far it is.
 */
final class Progress {

	/** Longer than it takes until others have taken back a lease that was lost. */
	static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final EngineClock clock;

	private final Consumer<String> out;

	Progress(EngineClock clock, Consumer<String> out) {
		this.clock = clock;
		this.out = out;
	}

	/**
	 * Waits.
	 * @param tally of the measurement
	 * @param began when it began
	 * @return how long it took
	 * @throws QException if nothing happens any more
	 */
	Duration await(Tally tally, long began) throws InterruptedException {
		Look last = new Look(0, 0, began);
		long moved = began;
		long tick = began + SECOND;
		while (!tally.isOverWithin(Duration.ofNanos(tick - this.clock.nanoTime()))) {
			Look now = new Look(tally.counts().enqueued().get(), tally.counts().done().get(), this.clock.nanoTime());
			this.out.accept(line(Math.round((double) (now.at - began) / SECOND), last, now));
			moved = now.isAsFarAs(last) ? moved : now.at;
			if (now.at - moved >= PATIENCE.toNanos()) {
				throw new QException(
						"Nothing has happened for %d s: %d jobs were stored and %d done. The store may have lost some, or given up their leases"
							.formatted(PATIENCE.toSeconds(), now.enqueued, now.done));
			}
			last = now;
			tick += SECOND;
		}
		return Duration.ofNanos(this.clock.nanoTime() - began);
	}

	private static String line(long seconds, Look last, Look now) {
		return String.format(Locale.ROOT, "%4d s  %8.0f enqueued/s  %8.0f done/s  %8d backlog", seconds,
				rate(now.enqueued - last.enqueued, now.at - last.at), rate(now.done - last.done, now.at - last.at),
				Math.max(0, now.enqueued - now.done));
	}

	/**
	 * How many a second.
	 * @param count how many
	 * @param nanos in what time
	 */
	static double rate(long count, long nanos) {
		return (nanos > 0) ? (double) count * SECOND / nanos : 0;
	}

	/**
	 * How far it is.
	 */
	private record Look(long enqueued, long done, long at) {

		boolean isAsFarAs(Look other) {
			return this.enqueued == other.enqueued && this.done == other.done;
		}

	}

}
