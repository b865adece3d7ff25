package dev.q.engine;

import java.time.Duration;
import java.util.List;

import dev.q.attempt.AttemptSettings;
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
 * has told it; 1 ms to 1 h
 * @param maintenanceInterval how often due, expired and old jobs are looked after; 1 ms
 * to 1 h
 * @param timeoutGrace how long a handler whose time is up may go on after its interrupt,
 * until its thread is given up; zero to 1 h
 * @param maxAbandonedThreads how many threads are given up for good at once before the
 * worker is not ready any more and their slots are not used again; zero or more
 * @param shutdownTimeout how long jobs may go on running when the engine stops; zero to
 * 24 h
 * @param retention how long finished jobs are kept
 * @since 0.1
 */
public record EngineSettings(List<GroupSettings> groups, Duration lease, Duration pollInterval,
		Duration maintenanceInterval, Duration timeoutGrace, int maxAbandonedThreads, Duration shutdownTimeout,
		Retention retention) {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);

	private static final Duration LONGEST_SHUTDOWN = Duration.ofHours(24);

	/**
	 * 30 s for a lease, 1 s between looks, 5 s of grace, 10 abandoned threads, 25 s for a
	 * shutdown.
	 */
	public static final EngineSettings DEFAULT = new EngineSettings(List.of(), Duration.ofSeconds(30),
			Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(5), 10, Duration.ofSeconds(25),
			Retention.DEFAULT);

	/**
	 * Checks the settings and copies the list.
	 * @throws IllegalArgumentException if a span is out of its range
	 */
	public EngineSettings {
		groups = List.copyOf(groups);
		JobLimits.requireLease(lease);
		requireBetween("The poll interval", pollInterval, SHORTEST, LONGEST_INTERVAL);
		requireBetween("The maintenance interval", maintenanceInterval, SHORTEST, LONGEST_INTERVAL);
		requireBetween("The grace after a timeout", timeoutGrace, Duration.ZERO, LONGEST_INTERVAL);
		if (maxAbandonedThreads < 0) {
			throw new IllegalArgumentException(
					"There must be room for 0 abandoned threads or more, but was " + maxAbandonedThreads);
		}
		requireBetween("The shutdown timeout", shutdownTimeout, Duration.ZERO, LONGEST_SHUTDOWN);
	}

	/**
	 * The same settings for other groups.
	 * @param value who works which queues
	 * @return a copy
	 */
	public EngineSettings withGroups(List<GroupSettings> value) {
		return new EngineSettings(value, this.lease, this.pollInterval, this.maintenanceInterval, this.timeoutGrace,
				this.maxAbandonedThreads, this.shutdownTimeout, this.retention);
	}

	/**
	 * The same settings with another lease.
	 * @param value how long a claim holds without renewal
	 * @return a copy
	 */
	public EngineSettings withLease(Duration value) {
		return new EngineSettings(this.groups, value, this.pollInterval, this.maintenanceInterval, this.timeoutGrace,
				this.maxAbandonedThreads, this.shutdownTimeout, this.retention);
	}

	/**
	 * The same settings with other looks at the store.
	 * @param poll how long at most between looks for jobs
	 * @param maintenance how long between looks after due, expired and old jobs
	 * @return a copy
	 */
	public EngineSettings withIntervals(Duration poll, Duration maintenance) {
		return new EngineSettings(this.groups, this.lease, poll, maintenance, this.timeoutGrace,
				this.maxAbandonedThreads, this.shutdownTimeout, this.retention);
	}

	/**
	 * The same settings for other hanging handlers.
	 * @param grace how long a handler may go on after its interrupt
	 * @param threads how many threads are replaced that were given up
	 * @return a copy
	 */
	public EngineSettings withAbandonment(Duration grace, int threads) {
		return new EngineSettings(this.groups, this.lease, this.pollInterval, this.maintenanceInterval, grace, threads,
				this.shutdownTimeout, this.retention);
	}

	/**
	 * The same settings with another shutdown.
	 * @param value how long jobs may go on running when the engine stops
	 * @return a copy
	 */
	public EngineSettings withShutdownTimeout(Duration value) {
		return new EngineSettings(this.groups, this.lease, this.pollInterval, this.maintenanceInterval,
				this.timeoutGrace, this.maxAbandonedThreads, value, this.retention);
	}

	/**
	 * The same settings with another retention.
	 * @param value how long finished jobs are kept
	 * @return a copy
	 */
	public EngineSettings withRetention(Retention value) {
		return new EngineSettings(this.groups, this.lease, this.pollInterval, this.maintenanceInterval,
				this.timeoutGrace, this.maxAbandonedThreads, this.shutdownTimeout, value);
	}

	/**
	 * The part of the settings that concerns jobs in hand.
	 */
	AttemptSettings attempts() {
		return new AttemptSettings(this.lease, this.timeoutGrace, this.retention);
	}

	private static void requireBetween(String what, Duration span, Duration least, Duration most) {
		if (span.compareTo(least) < 0 || span.compareTo(most) > 0) {
			throw new IllegalArgumentException(
					"%s must be from %s to %s, but was %s".formatted(what, least, most, span));
		}
	}

}
