package dev.q.store;

import java.time.Instant;

import dev.q.job.JobSpec;

/**
 * A job that comes again.
 *
 * @param name what it is known by
 * @param trigger when it comes, as text
 * @param zone in which time zone that is meant
 * @param spec what comes
 * @param nextAt when it comes next
 * @since 0.1
 */
public record Schedule(String name, String trigger, String zone, JobSpec spec, Instant nextAt) {

	/**
	 * Whether two schedules come at the same times.
	 * @param other another schedule
	 * @return true if trigger and zone are equal
	 */
	public boolean hasTriggerOf(Schedule other) {
		return this.trigger.equals(other.trigger) && this.zone.equals(other.zone);
	}

}
