package dev.q.client.result;

import java.time.Duration;

/**
 * When a job that somebody waits for is looked at next, and when it is said next that
 * somebody waits. Looks come at multiples of their distance, so that those of several
 * jobs fall together. For one thread at a time.
 */
final class Timetable {

	private static final long LONGEST = Duration.ofSeconds(1).toNanos();

	private static final int STEPS = 8;

	/** Stores forget it after some time, and messages may be lost. */
	private static final long SAYING = Duration.ofSeconds(5).toNanos();

	private int looks;

	private long nextLook;

	private long nextSaying;

	Timetable(long now) {
		this.nextLook = now;
		this.nextSaying = now;
	}

	boolean isLookDue(long now) {
		return this.nextLook - now <= 0;
	}

	boolean isSayingDue(long now) {
		return this.nextSaying - now <= 0;
	}

	/** When there is something to do. */
	long next() {
		return (this.nextSaying - this.nextLook < 0) ? this.nextSaying : this.nextLook;
	}

	void lookAt(long time) {
		this.nextLook = time;
	}

	/** The more seldom, the more looks there were. */
	void lookLater(long now) {
		long distance = LONGEST >> Math.max(0, STEPS - this.looks);
		this.looks = Math.min(this.looks + 1, STEPS);
		this.nextLook = (Math.floorDiv(now, distance) + 1) * distance;
	}

	void sayAt(long time) {
		this.nextSaying = time;
	}

	void sayLater(long now) {
		this.nextSaying = now + SAYING;
	}

}
