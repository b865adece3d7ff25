package dev.q.job;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a job stands, and the one table of moves that are legal between the states.
 *
 * @since 0.1
 */
public enum JobState {

	/**
	 * Waits for its time: delayed by its producer or snoozed by its handler. Or has none,
	 * and is on hold.
	 */
	SCHEDULED,

	/** Waits for a worker. */
	READY,

	/** Leased by a worker. */
	RUNNING,

	/** Failed, and waits for its next attempt. */
	RETRYING,

	/** Waits for something else than time, such as its unique key. */
	BLOCKED,

	/** Ended well. Never runs again under its id. */
	SUCCEEDED,

	/** Ended badly, for a {@link DeadReason}. A manual retry brings it back. */
	DEAD,

	/** Ended by the wish of an operator or of its handler. */
	CANCELLED,

	/** Ended because its time to live or its deadline passed. */
	EXPIRED;

	/**
	 * Whether a job in this state has ended.
	 * @return true for {@code SUCCEEDED}, {@code DEAD}, {@code CANCELLED} and
	 * {@code EXPIRED}
	 */
	public boolean isTerminal() {
		return compareTo(SUCCEEDED) >= 0;
	}

	/**
	 * Whether a job in this state counts against the limit of its queue.
	 * @return true for every state but {@code RUNNING} and the terminal ones
	 */
	public boolean isWaiting() {
		return !isTerminal() && this != RUNNING;
	}

	/**
	 * Whether a job may move from this state to another.
	 * @param next the state after the move
	 * @return true if the move is legal
	 */
	public boolean canBecome(JobState next) {
		return successors().contains(next);
	}

	private Set<JobState> successors() {
		return switch (this) {
			case SCHEDULED, RETRYING -> EnumSet.of(SCHEDULED, READY, CANCELLED, EXPIRED);
			case READY -> EnumSet.of(SCHEDULED, RUNNING, CANCELLED, EXPIRED);
			case BLOCKED -> EnumSet.of(SCHEDULED, READY, CANCELLED, EXPIRED);
			case RUNNING -> EnumSet.of(SCHEDULED, READY, RETRYING, SUCCEEDED, DEAD, CANCELLED, EXPIRED);
			case DEAD, CANCELLED, EXPIRED -> EnumSet.of(READY);
			case SUCCEEDED -> EnumSet.noneOf(JobState.class);
		};
	}

}
