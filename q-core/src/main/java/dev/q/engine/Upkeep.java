package dev.q.engine;

import java.time.Duration;

import dev.q.maintenance.Housekeeping;
import dev.q.ports.EngineClock;

/**
 * Keeps the store in order, and this worker in the register. Every worker does it; the
 * store sees to it that no two do the same piece.
 */
final class Upkeep {

	private final Housekeeping housekeeping;

	private final Presence presence;

	private final Duration interval;

	private final EngineClock clock;

	private final Loop loop;

	// Owned by the loop's thread.
	private long announceAt;

	Upkeep(Housekeeping housekeeping, Presence presence, Duration interval, EngineClock clock) {
		this.housekeeping = housekeeping;
		this.presence = presence;
		this.interval = interval;
		this.clock = clock;
		this.announceAt = clock.nanoTime();
		this.loop = new Loop("upkeep", this::runOnce, clock);
	}

	Loop loop() {
		return this.loop;
	}

	Presence presence() {
		return this.presence;
	}

	private Duration runOnce() {
		long now = this.clock.nanoTime();
		if (now - this.announceAt >= 0) {
			this.presence.announce();
			this.announceAt = now + Presence.REFRESH.toNanos();
		}
		return this.housekeeping.run().more() ? Duration.ZERO : this.interval;
	}

}
