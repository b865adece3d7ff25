package dev.q.cli.top;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.q.job.QException;
import dev.q.ports.EngineClock;
import dev.q.store.JobStore;
import dev.q.store.QueueStats;
import dev.q.store.WorkerInfo;
import org.jspecify.annotations.Nullable;

/**
 * What was seen at a moment.
 *
 * @param at when, by the clock of this machine
 * @param nanoTime the same by its clock for spans
 * @param figures what was seen, or null if the store is away
 * @param trouble what the store said instead, or null
 */
record View(Instant at, long nanoTime, @Nullable Figures figures, @Nullable String trouble) {

	static View of(JobStore store, EngineClock clock) {
		try {
			Figures figures = Figures.of(store);
			return new View(clock.instant(), clock.nanoTime(), figures, null);
		}
		catch (QException ex) {
			return new View(clock.instant(), clock.nanoTime(), null, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * What the store holds.
	 *
	 * @param queues its queues, by name
	 * @param workers its workers
	 * @param storeTime what its clock shows, by which the ages of jobs count
	 */
	record Figures(List<QueueStats> queues, List<WorkerInfo> workers, Instant storeTime) {

		static Figures of(JobStore store) {
			return new Figures(store.catalog().queues(), store.cluster().workers(),
					store.schedules().due(1).storeTime());
		}

		/** How long the first ready job of a queue has been waiting. */
		@Nullable Duration ageOfReady(QueueStats queue) {
			if (queue.oldestReady() == null) {
				return null;
			}
			Duration age = Duration.between(queue.oldestReady(), this.storeTime);
			return age.isNegative() ? Duration.ZERO : age;
		}

	}

}
