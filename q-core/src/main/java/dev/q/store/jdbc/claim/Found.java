package dev.q.store.jdbc.claim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimedJob;
import org.jspecify.annotations.Nullable;

/**
 * What a claim has found so far, in all its looks. For use by one thread.
 *
 * @since 0.1
 */
public final class Found {

	private final int limit;

	private final List<ClaimedJob> jobs = new ArrayList<>();

	private Instant time = Instant.EPOCH;

	private @Nullable Instant nextDue;

	private boolean isCut;

	/**
	 * Nothing yet.
	 * @param limit how many jobs are wanted
	 */
	public Found(int limit) {
		this.limit = limit;
	}

	/** A look begins, which sees more than the one before. */
	public void begin() {
		this.nextDue = null;
	}

	/**
	 * Adds what one call brought.
	 * @param brought the jobs
	 * @param storeTime what the clock of the server showed
	 * @param due when the next job is due, or null
	 * @param leftSome whether jobs were looked at and left behind
	 */
	public void add(List<ClaimedJob> brought, Instant storeTime, @Nullable Instant due, boolean leftSome) {
		this.jobs.addAll(brought);
		this.time = storeTime;
		this.isCut = leftSome;
		if (due != null && (this.nextDue == null || due.isBefore(this.nextDue))) {
			this.nextDue = due;
		}
	}

	/**
	 * Whether there is no job.
	 * @return false if there is one at least
	 */
	public boolean isEmpty() {
		return this.jobs.isEmpty();
	}

	/**
	 * How many jobs are still wanted.
	 * @return zero or more
	 */
	public int left() {
		return this.limit - this.jobs.size();
	}

	/**
	 * Whether a further look may bring more.
	 * @return false if there are enough, or the answer was full
	 */
	public boolean isShort() {
		return left() > 0 && !this.isCut;
	}

	/**
	 * What the clock of the server showed.
	 * @return the time of the last call
	 */
	public Instant time() {
		return this.time;
	}

	/**
	 * All of it.
	 * @return an answer that does not change any more
	 */
	public ClaimAnswer answer() {
		return new ClaimAnswer(this.jobs, this.time, this.nextDue);
	}

}
