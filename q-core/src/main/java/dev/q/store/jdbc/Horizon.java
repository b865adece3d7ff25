package dev.q.store.jdbc;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far positions are settled: no transaction that is younger than two seconds can
 * still commit a job at a position up to here. Learned from samples of the server
 * ({@code q_horizon_v1} in {@code V1_3__q_claim.sql}).
 *
 * <p>
 * Why that is so. A transaction has its id, and is seen to run, before it draws a
 * position. A sample reads the last position first and then the next id to be given: so
 * whoever drew a position up to {@code sequence} has an id below {@code next}. When a
 * later sample finds that no transaction below {@code next} runs any more, all of them
 * have ended, and what they stored is visible to every statement that begins after that.
 */
final class Horizon {

	/** How old a transaction may be, in milliseconds, and still hold the horizon back. */
	private static final long PATIENCE = 2000;

	private static final int MOST_SAMPLES = 256;

	/** Not settled yet, oldest first. */
	private final Deque<Sample> open = new ArrayDeque<>();

	/** Of the last two seconds, oldest first. */
	private final Deque<Sample> recent = new ArrayDeque<>();

	private long ignoreBelow;

	private long settled;

	/** Ids below this one are of transactions that are too old to be waited for. */
	synchronized long ignoreBelow() {
		return this.ignoreBelow;
	}

	/** The position up to which everything is settled. */
	synchronized long settled() {
		return this.settled;
	}

	synchronized void add(Sample sample) {
		this.open.addLast(sample);
		while (!this.open.isEmpty() && this.open.getFirst().next() <= sample.oldest()) {
			this.settled = Math.max(this.settled, this.open.removeFirst().sequence());
		}
		this.recent.addLast(sample);
		while (this.recent.getFirst().time() <= sample.time() - PATIENCE) {
			this.ignoreBelow = Math.max(this.ignoreBelow, this.recent.removeFirst().next());
		}
		thin(this.open);
		thin(this.recent);
	}

	/** Fewer samples make the horizon move in larger steps, and nothing else. */
	private static void thin(Deque<Sample> samples) {
		if (samples.size() > MOST_SAMPLES) {
			Sample last = samples.removeLast();
			samples.removeLast();
			samples.addLast(last);
		}
	}

	/**
	 * What the server showed at one moment.
	 *
	 * @param sequence the last position that was drawn
	 * @param next the next id of a transaction, read after that
	 * @param oldest the lowest id of a transaction that runs and is not to be ignored, or
	 * {@code next}
	 * @param time the time of the server
	 */
	record Sample(long sequence, long next, long oldest, long time) {
	}

}
