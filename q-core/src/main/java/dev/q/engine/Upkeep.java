package dev.q.engine;

import java.time.Duration;

import dev.q.loop.Loop;
import dev.q.maintenance.Attempts;
import dev.q.maintenance.Housekeeping;
import dev.q.ports.EngineClock;

/**
 * Keeps the store in order, this worker in the register and its ear at the signals. Every
 * worker does it; the store sees to it that no two do the same piece.
 */
final class Upkeep {

	private final Housekeeping housekeeping;

	private final Presence presence;

	private final Signals signals;

	private final Duration interval;

	private final EngineClock clock;

	private final Loop loop;

	// Owned by the loop's thread.
	private long announceAt;

	private volatile long keptAt;

	Upkeep(Housekeeping housekeeping, Presence presence, Signals signals, Duration interval, EngineClock clock) {
		this.housekeeping = housekeeping;
		this.presence = presence;
		this.signals = signals;
		this.interval = interval;
		this.clock = clock;
		this.announceAt = clock.nanoTime();
		this.keptAt = this.announceAt;
		this.loop = new Loop("upkeep", this::runOnce, clock);
	}

	Loop loop() {
		return this.loop;
	}

	private Duration runOnce() {
		Attempts attempts = new Attempts();
		attempts.run(this.signals::connect);
		attempts.run(this::announce);
		if (keep(attempts)) {
			// A failure beside it will be met again, and must not slow this down.
			return Duration.ZERO;
		}
		attempts.rethrow();
		return (this.interval.compareTo(Presence.REFRESH) < 0) ? this.interval : Presence.REFRESH;
	}

	private boolean keep(Attempts attempts) {
		Attempts tasks = new Attempts();
		boolean more = this.housekeeping.run(tasks).more();
		if (!tasks.hasFailure()) {
			this.keptAt = this.clock.nanoTime();
		}
		attempts.run(tasks::rethrow);
		return more;
	}

	/** How long ago the store was last kept in order without a failure. */
	Duration lag() {
		return Duration.ofNanos(Math.max(0, this.clock.nanoTime() - this.keptAt));
	}

	private void announce() {
		long now = this.clock.nanoTime();
		if (now - this.announceAt >= 0) {
			this.presence.announce();
			this.announceAt = now + Presence.REFRESH.toNanos();
		}
	}

}
