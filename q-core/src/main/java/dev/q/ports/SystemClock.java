package dev.q.ports;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The clocks of the machine. The only place in Q that reads them.
 *
 * @since 0.1
 */
public final class SystemClock implements EngineClock {

	private final Instant origin = Instant.now();

	private final long originNanos = System.nanoTime();

	@Override
	public Instant instant() {
		return Instant.now();
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	/**
	 * A clock that agreed with the wall clock when this object was made, and that runs on
	 * evenly whatever happens to the wall clock.
	 * @return a clock for spans that are kept as instants
	 */
	public InstantSource steady() {
		return () -> this.origin.plusNanos(nanoTime() - this.originNanos);
	}

}
