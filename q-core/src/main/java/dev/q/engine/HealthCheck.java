package dev.q.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.q.attempt.JobsInHand;
import dev.q.engine.EngineHealth.Kind;
import dev.q.engine.EngineHealth.Problem;
import dev.q.loop.Loop;
import dev.q.ports.EngineClock;
import dev.q.store.JobStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the engine itself, so that a part of it that stops working is a failure
 * that shows, and not silence.
 */
final class HealthCheck {

	private static final Logger logger = LoggerFactory.getLogger(JobEngine.class);

	private static final Duration INTERVAL = Duration.ofSeconds(5);

	private static final Duration STUCK = Duration.ofSeconds(30);

	/** A single failure is a hiccup. */
	private static final int FAILING = 3;

	private final List<Loop> watched;

	private final Subjects subjects;

	private final Consumer<EngineHealth> listener;

	private final EngineClock clock;

	private final Loop loop;

	// Both owned by the loop's thread. Null before the first look.
	private @Nullable Set<Kind> known;

	private long plannedFor;

	/**
	 * Makes the check.
	 * @param watched the services of the engine
	 * @param listener told of the first look, and when kinds of problems come or go
	 */
	HealthCheck(List<Loop> watched, Subjects subjects, Consumer<EngineHealth> listener, EngineClock clock) {
		this.watched = List.copyOf(watched);
		this.subjects = subjects;
		this.listener = listener;
		this.clock = clock;
		this.plannedFor = clock.nanoTime() + INTERVAL.toNanos();
		this.loop = new Loop("health", this::lookOnce, clock);
	}

	Loop loop() {
		return this.loop;
	}

	EngineHealth health() {
		List<Problem> problems = new ArrayList<>();
		this.watched.forEach((each) -> check(each, problems));
		if (this.loop.hasDied()) {
			problems.add(died(this.loop));
		}
		this.subjects.store.problems().forEach((text) -> problems.add(new Problem(Kind.STORE_AWAY, text)));
		this.subjects.jobs.damage().ifPresent((text) -> problems.add(new Problem(Kind.DAMAGED_JVM, text)));
		int abandoned = this.subjects.abandoned.get();
		if (abandoned > this.subjects.maxAbandoned) {
			problems
				.add(new Problem(Kind.TOO_MANY_ABANDONED_THREADS, "%d threads hang in handlers, and %d may be replaced"
					.formatted(abandoned, this.subjects.maxAbandoned)));
		}
		return new EngineHealth(true, problems, this.subjects.jobs.count(), oldestRunning(), abandoned,
				this.subjects.maintenanceLag.get(), false);
	}

	private static void check(Loop loop, List<Problem> problems) {
		if (loop.hasDied()) {
			problems.add(died(loop));
		}
		else if (loop.overdue().compareTo(STUCK) > 0) {
			problems.add(new Problem(Kind.LOOP_STUCK,
					"%s has been stuck for %d s".formatted(loop.name(), loop.overdue().toSeconds())));
		}
		else if (loop.failures() >= FAILING) {
			problems.add(new Problem(Kind.LOOP_FAILING,
					"%s has failed %d times in a row".formatted(loop.name(), loop.failures())));
		}
	}

	private static Problem died(Loop loop) {
		return new Problem(Kind.LOOP_DIED, "%s has ended".formatted(loop.name()));
	}

	private @Nullable Duration oldestRunning() {
		return this.subjects.jobs.oldestRunning(this.clock.instant()).orElse(null);
	}

	private Duration lookOnce() {
		long now = this.clock.nanoTime();
		long late = now - this.plannedFor;
		this.plannedFor = now + INTERVAL.toNanos();
		// A process that stood still, in a debugger or in a container that was paused,
		// is stuck nowhere: the other loops must have had their turn too.
		if (late <= INTERVAL.toNanos()) {
			look();
		}
		return INTERVAL;
	}

	private void look() {
		EngineHealth health = health();
		Set<Kind> kinds = EnumSet.noneOf(Kind.class);
		health.problems().forEach((problem) -> kinds.add(problem.kind()));
		if (!kinds.equals(this.known)) {
			tell(health, kinds, Objects.requireNonNullElse(this.known, Set.of()));
			this.known = kinds;
			this.listener.accept(health);
		}
	}

	private static void tell(EngineHealth health, Set<Kind> kinds, Set<Kind> known) {
		for (Problem problem : health.problems()) {
			if (!known.contains(problem.kind())) {
				logger.error("The worker is not well: {} ({})", problem.text(), problem.kind());
			}
		}
		for (Kind kind : known) {
			if (!kinds.contains(kind)) {
				logger.info("The worker is well again: {} is over", kind);
			}
		}
	}

	/**
	 * What is looked at beside the loops.
	 *
	 * @param jobs the jobs that are held
	 * @param abandoned how many threads were given up
	 * @param maxAbandoned how many of them are replaced
	 * @param store knows of parts of it that fail
	 * @param maintenanceLag how long the last round of maintenance is ago
	 */
	record Subjects(JobsInHand jobs, AtomicInteger abandoned, int maxAbandoned, JobStore store,
			Supplier<Duration> maintenanceLag) {
	}

}
