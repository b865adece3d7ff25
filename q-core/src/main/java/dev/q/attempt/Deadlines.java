package dev.q.attempt;

import java.time.Duration;

import dev.q.loop.Loop;
import dev.q.ports.EngineClock;

/**
 * Watches over what must happen to running jobs in time, on one thread that never waits
 * for the store. It takes a job whose time is up through the ladder: its handler is told
 * by a flag and interrupted; after a grace, its attempt is recorded as failed and its
 * thread given up. And it tells a handler when the lease was not renewed for so long that
 * the job may be somebody else's.
 */
final class Deadlines {

	private static final Duration LONGEST_REST = Duration.ofSeconds(1);

	/** For an attempt that cannot be given up yet, since the completer has no room. */
	private static final Duration SOON = Duration.ofMillis(100);

	private final InFlight inFlight;

	private final Reporter reporter;

	private final Duration grace;

	private final EngineClock clock;

	private final Loop loop;

	// When the next look is planned. Whoever must be looked at earlier wakes the loop.
	private volatile long plannedFor;

	/**
	 * Makes the watch.
	 * @param grace how long after its interrupt a handler may go on
	 */
	Deadlines(InFlight inFlight, Reporter reporter, Duration grace, EngineClock clock) {
		this.inFlight = inFlight;
		this.reporter = reporter;
		this.grace = grace;
		this.clock = clock;
		this.plannedFor = clock.nanoTime();
		this.loop = new Loop("deadlines", this::lookOnce, clock);
	}

	Loop loop() {
		return this.loop;
	}

	/**
	 * There is a lease that must be looked at before it ends. The answer to its claim may
	 * have taken most of its time.
	 */
	void watch(HeldLease lease) {
		expect(lease.untilDoubt(this.clock.nanoTime()));
	}

	/**
	 * There is a running job that must be looked at when a span has passed.
	 */
	void expect(long untilThen) {
		if (untilThen < LONGEST_REST.toNanos() && this.clock.nanoTime() + untilThen - this.plannedFor < 0) {
			this.loop.wake();
		}
	}

	private Duration lookOnce() {
		long now = this.clock.nanoTime();
		long rest = LONGEST_REST.toNanos();
		// Set before the look: who comes while it is under way is not overlooked.
		this.plannedFor = now + rest;
		for (Execution execution : this.inFlight.all()) {
			// What has ended only waits to be settled, and the fence judges that.
			if (!execution.hasEnded()) {
				rest = Math.min(rest, look(execution, now));
			}
		}
		this.plannedFor = now + rest;
		return Duration.ofNanos(rest);
	}

	/**
	 * Looks at a job.
	 * @return after which span to look again
	 */
	private long look(Execution execution, long now) {
		long untilDoubt = execution.lease().untilDoubt(now);
		if (untilDoubt <= 0) {
			this.reporter.doubted(execution);
		}
		TimeLimit limit = execution.limit();
		long untilStep = (limit != null) ? climb(execution, limit, now) : Long.MAX_VALUE;
		return (untilDoubt > 0) ? Math.min(untilDoubt, untilStep) : untilStep;
	}

	/**
	 * Takes the step of the ladder that is due.
	 * @return how long until the next one
	 */
	private long climb(Execution execution, TimeLimit limit, long now) {
		if (limit.untilOver(now) > 0) {
			return limit.untilOver(now);
		}
		if (!limit.hasPassed()) {
			this.reporter.timedOut(execution, limit, now);
		}
		else if (limit.graceLeft(this.grace, now) <= 0) {
			execution.abandon();
			return execution.hasEnded() ? Long.MAX_VALUE : SOON.toNanos();
		}
		return limit.graceLeft(this.grace, now);
	}

}
