package dev.q.engine;

import java.time.Duration;
import java.util.List;

import dev.q.job.JobLimits;
import dev.q.store.Retention;

/**
 * How the engine works.
 *
 * @param groups who works which queues
 * @param lease how long a claim holds without renewal, for jobs that do not say so
 * themselves; 1 s to 24 h. After a crash, jobs wait that long before others take them
 * over
 * @param pollInterval how long at most until the engine looks for jobs of which no signal
 * has told it
 * @param maintenanceInterval how often due, expired and old jobs are looked after
 * @param shutdownTimeout how long jobs may go on running when the engine stops
 * @param retention how long finished jobs are kept
 * @since 0.1
 */
public record EngineSettings(List<GroupSettings> groups, Duration lease, Duration pollInterval,
		Duration maintenanceInterval, Duration shutdownTimeout, Retention retention) {

	/** 30 s for a lease, 1 s between looks, 25 s for a shutdown. */
	public static final EngineSettings DEFAULT = new EngineSettings(List.of(), Duration.ofSeconds(30),
			Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(25), Retention.DEFAULT);

	/**
	 * Checks the settings and copies the list.
	 * @throws IllegalArgumentException if a span is out of its range
	 */
	public EngineSettings {
		groups = List.copyOf(groups);
		JobLimits.requireLease(lease);
		requirePositive("The poll interval", pollInterval);
		requirePositive("The maintenance interval", maintenanceInterval);
		if (shutdownTimeout.isNegative()) {
			throw new IllegalArgumentException("The shutdown timeout must not be negative, but was " + shutdownTimeout);
		}
	}

	/**
	 * The same settings for other groups.
	 * @param value who works which queues
	 * @return a copy
	 */
	public EngineSettings withGroups(List<GroupSettings> value) {
		return new EngineSettings(value, this.lease, this.pollInterval, this.maintenanceInterval, this.shutdownTimeout,
				this.retention);
	}

	private static void requirePositive(String what, Duration span) {
		if (span.isNegative() || span.isZero()) {
			throw new IllegalArgumentException(what + " must be more than zero, but was " + span);
		}
	}

}
