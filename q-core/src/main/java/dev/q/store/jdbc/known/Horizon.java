package dev.q.store.jdbc.known;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far positions are settled: no transaction that is younger than two seconds can
 * still commit a job at a position up to here. Learned from samples that claims bring
 * ({@code V1_3__q_claim.sql}).
 *
 * <p>
 * Why that is so. Every transaction gets its id before it draws a position. A claim reads
 * the last position that was drawn, and gets its own id after that; ids are given in
 * order, so whoever drew a position up to there has an id below that of the claim. When a
 * later sample finds that every transaction with an id below that has ended, what they
 * stored is visible to all that begins after it. The end of a snapshot will not do
 * instead of the claim's own id: it lies behind the last transaction that has
 * <em>ended</em>, and one that is still running may have a higher id.
 *
 * @since 0.1
 */
public final class Horizon {

	/** How old a transaction may be, in milliseconds, and still hold the horizon back. */
	private static final long PATIENCE = 2000;

	private static final int MOST_SAMPLES = 256;

	/** Not settled yet, oldest first. */
	private final Deque<Sample> open = new ArrayDeque<>();

	/** Of the last two seconds, oldest first. */
	private final Deque<Sample> recent = new ArrayDeque<>();

	private long ignoreBelow;

	private long settled;

	private long drawn;

	/**
	 * Below which id transactions are too old to be waited for.
	 * @return the lowest id that is waited for
	 */
	public synchronized long ignoreBelow() {
		return this.ignoreBelow;
	}

	/** The position up to which everything is settled. */
	synchronized long settled() {
		return this.settled;
	}

	/** A position that has been drawn: the highest one of all samples. */
	synchronized long drawn() {
		return this.drawn;
	}

	/** Forgets all samples, since the server does not go on where it was. */
	synchronized void forget() {
		this.open.clear();
		this.recent.clear();
		this.ignoreBelow = 0;
		this.settled = 0;
		this.drawn = 0;
	}

	synchronized void add(Sample sample) {
		this.drawn = Math.max(this.drawn, sample.sequence());
		this.open.addLast(sample);
		while (!this.open.isEmpty() && this.open.getFirst().next() <= sample.oldest()) {
			this.settled = Math.max(this.settled, this.open.removeFirst().sequence());
		}
		if (!this.recent.isEmpty() && sample.time() < this.recent.getLast().time() - PATIENCE) {
			// The clock was set back: their age says nothing any more.
			this.recent.clear();
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
	 * @param next an id that was given after that
	 * @param oldest the lowest id of a transaction that may be running and is not to be
	 * ignored
	 * @param time the time of the server
	 */
	public record Sample(long sequence, long next, long oldest, long time) {
	}

}
