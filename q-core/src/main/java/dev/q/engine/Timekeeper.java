package dev.q.engine;

import java.time.Duration;

import dev.q.loop.Loop;
import dev.q.maintenance.ScheduleFiring;
import dev.q.ports.EngineClock;

/**
 * Fires schedules at their ticks. It rests until the next one, but never for longer than
 * the interval of maintenance, since others may add a schedule or change one. A store
 * without schedules is looked at now and then.
 */
final class Timekeeper {

	/**
	 * So late at most is a schedule noticed that another process adds as the first one.
	 */
	static final Duration IDLE = Duration.ofSeconds(10);

	private final ScheduleFiring firing;

	private final Duration interval;

	private final Loop loop;

	Timekeeper(ScheduleFiring firing, Duration interval, EngineClock clock) {
		this.firing = firing;
		this.interval = interval;
		this.loop = new Loop("timekeeper", this::runOnce, clock);
	}

	Loop loop() {
		return this.loop;
	}

	private Duration runOnce() {
		ScheduleFiring.Round round = this.firing.run();
		if (round.moved() > 0) {
			return Duration.ZERO;
		}
		if (round.left() == 0 && round.untilNext().isEmpty()) {
			return IDLE;
		}
		return round.untilNext().filter((wait) -> wait.compareTo(this.interval) < 0).orElse(this.interval);
	}

}
