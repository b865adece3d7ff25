package dev.q.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import dev.q.ports.EngineClock;

/**
 * A clock that stands until it is moved. Safe for use by many threads.
 *
 * @since 0.1
 */
public final class VirtualClock implements EngineClock {

	private final Instant start;

	private final AtomicReference<Instant> now;

	/**
	 * Makes a clock.
	 * @param start what it shows
	 */
	public VirtualClock(Instant start) {
		this.start = start;
		this.now = new AtomicReference<>(start);
	}

	@Override
	public Instant instant() {
		return this.now.get();
	}

	@Override
	public long nanoTime() {
		return Duration.between(this.start, instant()).toNanos();
	}

	/**
	 * Moves the clock on.
	 * @param span how far; never back
	 * @throws IllegalArgumentException if the span is negative
	 */
	public void advance(Duration span) {
		if (span.isNegative()) {
			throw new IllegalArgumentException("A virtual clock only moves forward, but was told to move by " + span);
		}
		this.now.updateAndGet((instant) -> instant.plus(span));
	}

}
