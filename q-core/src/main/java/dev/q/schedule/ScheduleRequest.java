package dev.q.schedule;

import java.time.Duration;
import java.time.ZoneId;
import java.util.function.UnaryOperator;

import dev.q.JobRequest;
import dev.q.job.Names;

/**
 * A schedule to be added.
 *
 * @param name what it is known by: 1 to 128 characters of {@code [A-Za-z0-9._-]}, one
 * schedule of a name in a store
 * @param trigger when it comes; see {@link Trigger}
 * @param zone in which zone that is meant
 * @param job what comes; its payload is written once, when the schedule is added. It has
 * no id, due time, deadline, durability, maximum length or transaction of its own, and
 * what its handler and its queue say of those does not count for it
 * @param options how it behaves
 * @since 0.1
 */
public record ScheduleRequest(String name, String trigger, String zone, JobRequest job, ScheduleOptions options) {

	/** The zone of a schedule that names none. */
	public static final String UTC = "UTC";

	/**
	 * Checks name, trigger and zone.
	 * @throws IllegalArgumentException if one of them cannot be used
	 */
	public ScheduleRequest {
		Names.require("The name of a schedule", name);
		trigger = trigger.strip().replaceAll("\\s+", " ");
		try {
			zone = Trigger.zone(zone).getId();
			Trigger.of(trigger, ZoneId.of(zone));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("Schedule %s: %s".formatted(name, ex.getMessage()), ex);
		}
	}

	/**
	 * A schedule by a cron text or a macro, in UTC.
	 * @param name what it is known by
	 * @param cron when it comes; see {@link Trigger}
	 * @param job what comes
	 * @return the request
	 */
	public static ScheduleRequest cron(String name, String cron, JobRequest job) {
		return new ScheduleRequest(name, cron, UTC, job, ScheduleOptions.DEFAULT);
	}

	/**
	 * A schedule at even intervals, aligned to 1970-01-01T00:00Z.
	 * @param name what it is known by
	 * @param span from tick to tick, 1 s or more
	 * @param job what comes
	 * @return the request
	 */
	public static ScheduleRequest every(String name, Duration span, JobRequest job) {
		return new ScheduleRequest(name, Trigger.every(span), UTC, job, ScheduleOptions.DEFAULT);
	}

	/**
	 * The same request in another zone.
	 * @param value the zone
	 * @return a copy
	 */
	public ScheduleRequest inZone(ZoneId value) {
		return new ScheduleRequest(this.name, this.trigger, value.getId(), this.job, this.options);
	}

	/**
	 * The same request with other options, for example
	 * {@code with((o) -> o.withOverlap(Overlap.SKIP))}.
	 * @param change makes the new options of the old ones
	 * @return a copy
	 */
	public ScheduleRequest with(UnaryOperator<ScheduleOptions> change) {
		return new ScheduleRequest(this.name, this.trigger, this.zone, this.job, change.apply(this.options));
	}

}
