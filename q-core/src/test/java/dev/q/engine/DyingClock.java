package dev.q.engine;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.ports.EngineClock;

/**
 * A clock that kills the thread which asks it for the third time: outside of what a loop
 * guards against.
 */
final class DyingClock implements EngineClock {

	private final EngineClock clock;

	private final AtomicInteger asked = new AtomicInteger();

	DyingClock(EngineClock clock) {
		this.clock = clock;
	}

	@Override
	public Instant instant() {
		return this.clock.instant();
	}

	@Override
	public long nanoTime() {
		if (this.asked.incrementAndGet() > 3) {
			throw new LinkageError("drill");
		}
		return this.clock.nanoTime();
	}

}
