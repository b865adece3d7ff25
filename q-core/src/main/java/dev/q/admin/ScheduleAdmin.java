package dev.q.admin;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import dev.q.JobReceipt;
import dev.q.admin.audit.Act;
import dev.q.admin.audit.AuditTrail;
import dev.q.schedule.ScheduleDetails;
import dev.q.schedule.Schedules;

/**
 * Steers schedules, from any node. The audit is told of each act. Safe for use by many
 * threads.
 *
 * @since 0.1
 */
public final class ScheduleAdmin {

	private final Schedules schedules;

	private final AuditTrail audit;

	/**
	 * Steers schedules.
	 * @param schedules where they are
	 * @param audit told of each act
	 */
	public ScheduleAdmin(Schedules schedules, AuditTrail audit) {
		this.schedules = schedules;
		this.audit = audit;
	}

	/**
	 * The same for acts of somebody: the audit names who it was.
	 * @param who a name, for people
	 * @return a copy
	 */
	public ScheduleAdmin as(String who) {
		return new ScheduleAdmin(this.schedules, this.audit.by(who));
	}

	/**
	 * All schedules.
	 * @return by name
	 * @see Schedules#list
	 */
	public List<ScheduleDetails> list() {
		return this.schedules.list();
	}

	/**
	 * Finds a schedule.
	 * @param name its name
	 * @return the schedule, or empty if there is none
	 * @see Schedules#find
	 */
	public Optional<ScheduleDetails> find(String name) {
		return this.schedules.find(name);
	}

	/**
	 * The times at which a schedule comes next, if it is not paused.
	 * @param name its name
	 * @param count how many, 1 or more
	 * @return the ticks, without jitter
	 * @throws IllegalArgumentException if there is no such schedule
	 * @see Schedules#preview
	 */
	public List<Instant> preview(String name, int count) {
		return this.schedules.preview(name, count);
	}

	/**
	 * Makes a schedule not come until it is resumed.
	 * @param name its name
	 * @return false if there is none
	 * @see Schedules#pause
	 */
	public boolean pause(String name) {
		return act("pauseSchedule", name, () -> this.schedules.pause(name));
	}

	/**
	 * Makes a schedule come again.
	 * @param name its name
	 * @return false if there is none
	 * @see Schedules#resume
	 */
	public boolean resume(String name) {
		return act("resumeSchedule", name, () -> this.schedules.resume(name));
	}

	/**
	 * Deletes a schedule. Jobs that it has stored stay.
	 * @param name its name
	 * @return false if there was none
	 * @see Schedules#remove
	 */
	public boolean remove(String name) {
		return act("removeSchedule", name, () -> this.schedules.remove(name));
	}

	/**
	 * Makes the job of a schedule come once more, now.
	 * @param name its name
	 * @return what became of the job
	 * @throws IllegalArgumentException if there is no such schedule
	 * @see Schedules#trigger
	 */
	public JobReceipt trigger(String name) {
		return this.audit.record(Act.of("triggerSchedule", Map.of("schedule", name)),
				() -> this.schedules.trigger(name), (receipt) -> 1);
	}

	private boolean act(String act, String name, BooleanSupplier step) {
		return this.audit.record(Act.of(act, Map.of("schedule", name)), step::getAsBoolean, (done) -> done ? 1 : 0);
	}

}
