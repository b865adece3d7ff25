package dev.q.attempt;

import java.time.Duration;
import java.time.Instant;

import dev.q.attempt.turn.Turn;
import dev.q.handler.HandlerDefinition;

/**
 * How long an attempt may run, and whether its handler knows that its time is up. Times
 * without a date are the engine's nanoseconds.
 */
final class TimeLimit {

	private final HandlerDefinition handler;

	private final Turn turn;

	private final Duration timeout;

	private final long startedAt;

	private final Instant deadline;

	// Written by the watch alone; the time before the flag that shows it.
	private long passedAt;

	private volatile boolean passed;

	/**
	 * Makes the limit of an attempt that begins.
	 * @param turn that of the attempt, which ends with it
	 * @param now the engine's clock, for handlers
	 */
	TimeLimit(HandlerDefinition handler, Turn turn, Duration timeout, long startedAt, Instant now) {
		this.handler = handler;
		this.turn = turn;
		this.timeout = timeout;
		this.startedAt = startedAt;
		this.deadline = now.plus(timeout);
	}

	HandlerDefinition handler() {
		return this.handler;
	}

	Turn turn() {
		return this.turn;
	}

	Duration timeout() {
		return this.timeout;
	}

	Instant deadline() {
		return this.deadline;
	}

	long untilOver(long now) {
		return this.startedAt + this.timeout.toNanos() - now;
	}

	Duration runTime(long now) {
		return Duration.ofNanos(now - this.startedAt);
	}

	void pass(long now) {
		this.passedAt = now;
		this.passed = true;
	}

	boolean hasPassed() {
		return this.passed;
	}

	/**
	 * How much of a grace is left that runs since the handler was told: a process that
	 * was stopped for a while owes its handlers no less.
	 */
	long graceLeft(Duration grace, long now) {
		return this.passedAt + grace.toNanos() - now;
	}

}
