package dev.q.boot.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.q.engine.EngineHealth;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Tells how the worker fares: down if it has a problem, with what is wrong in the
 * details. A worker that drains or was stopped is out of service.
 *
 * @since 0.1
 */
public class QHealthIndicator extends AbstractHealthIndicator {

	private final Supplier<Optional<EngineHealth>> engine;

	private final Consumer<Health.Builder> further;

	/**
	 * Makes an indicator.
	 * @param engine how the engine fares, or empty if there is none
	 */
	public QHealthIndicator(Supplier<Optional<EngineHealth>> engine) {
		this(engine, (builder) -> {
		});
	}

	/**
	 * Makes an indicator that checks something else besides.
	 * @param engine how the engine fares, or empty if there is none
	 * @param further may turn the health down, and add details
	 */
	QHealthIndicator(Supplier<Optional<EngineHealth>> engine, Consumer<Health.Builder> further) {
		super("The health of the worker could not be read");
		this.engine = engine;
		this.further = further;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		EngineHealth health = this.engine.get().orElse(null);
		if (health == null) {
			builder.up().withDetail("worker", "nothing to work");
		}
		else {
			builder.status(statusOf(health));
			describe(health, builder);
		}
		this.further.accept(builder);
	}

	private static Status statusOf(EngineHealth health) {
		if (!health.isUp()) {
			return Status.DOWN;
		}
		return (health.running() && !health.draining()) ? Status.UP : Status.OUT_OF_SERVICE;
	}

	private static String workerOf(EngineHealth health) {
		if (health.draining()) {
			return "draining";
		}
		return health.running() ? "running" : "stopped";
	}

	private static void describe(EngineHealth health, Health.Builder builder) {
		Map<String, String> problems = new LinkedHashMap<>();
		health.problems()
			.forEach((problem) -> problems.merge(problem.kind().name(), problem.text(),
					(one, another) -> one + "; " + another));
		builder.withDetails(problems);
		builder.withDetail("worker", workerOf(health))
			.withDetail("runningJobs", health.runningJobs())
			.withDetail("abandonedThreads", health.abandonedThreads())
			.withDetail("maintenanceLag", health.maintenanceLag());
		if (health.oldestRunning() != null) {
			builder.withDetail("oldestRunning", health.oldestRunning());
		}
	}

}
