package dev.q.store;

import java.time.Instant;

import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.schedule.ScheduleOptions;
import org.jspecify.annotations.Nullable;

/**
 * A job that comes again.
 *
 * @param name what it is known by
 * @param trigger when it comes, as text
 * @param zone in which time zone that is meant
 * @param spec what comes
 * @param options how it behaves
 * @param nextAt when it comes next
 * @param paused whether it does not come for now
 * @param lastJob the job of the last tick that was fired, whether or not its queue stored
 * it, or null if none was
 * @since 0.1
 */
public record Schedule(String name, String trigger, String zone, JobSpec spec, ScheduleOptions options, Instant nextAt,
		boolean paused, @Nullable JobId lastJob) {

	/**
	 * A schedule with the usual options, of which no tick was fired.
	 * @param name what it is known by
	 * @param trigger when it comes, as text
	 * @param zone in which time zone that is meant
	 * @param spec what comes
	 * @param nextAt when it comes next
	 */
	public Schedule(String name, String trigger, String zone, JobSpec spec, Instant nextAt) {
		this(name, trigger, zone, spec, ScheduleOptions.DEFAULT, nextAt, false, null);
	}

	/**
	 * Whether two schedules come at the same times.
	 * @param other another schedule
	 * @return true if trigger and zone are equal
	 */
	public boolean hasTriggerOf(Schedule other) {
		return this.trigger.equals(other.trigger) && this.zone.equals(other.zone);
	}

	/**
	 * What this schedule becomes where another of its name stands: what has become of the
	 * other stays, its next time too, while the trigger is as it was.
	 * @param known the one that stands there
	 * @return a copy
	 */
	public Schedule inPlaceOf(Schedule known) {
		return new Schedule(this.name, this.trigger, this.zone, this.spec, this.options,
				hasTriggerOf(known) ? known.nextAt : this.nextAt, known.paused, known.lastJob);
	}

	/**
	 * The same schedule after a tick.
	 * @param next when it comes next
	 * @param job the job of the tick, or null if that was passed over
	 * @return a copy
	 */
	public Schedule movedTo(Instant next, @Nullable JobId job) {
		return new Schedule(this.name, this.trigger, this.zone, this.spec, this.options, next, this.paused,
				(job != null) ? job : this.lastJob);
	}

	/**
	 * The same schedule, not coming for now.
	 * @return a copy
	 */
	public Schedule halted() {
		return new Schedule(this.name, this.trigger, this.zone, this.spec, this.options, this.nextAt, true,
				this.lastJob);
	}

	/**
	 * The same schedule, coming.
	 * @return a copy
	 */
	public Schedule resumed() {
		return new Schedule(this.name, this.trigger, this.zone, this.spec, this.options, this.nextAt, false,
				this.lastJob);
	}

	/**
	 * The same schedule with other options.
	 * @param value how it behaves
	 * @return a copy
	 */
	public Schedule withOptions(ScheduleOptions value) {
		return new Schedule(this.name, this.trigger, this.zone, this.spec, value, this.nextAt, this.paused,
				this.lastJob);
	}

}
