package dev.q.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import dev.q.job.NewJob;

/**
 * Jobs that come again. No leader is needed: whoever finds a schedule due fires it, and a
 * compare-and-set lets one of them win.
 *
 * @since 0.1
 */
public interface ScheduleStore {

	/**
	 * Stores schedules by name. One whose trigger is as it was keeps its next time.
	 * @param schedules what to store
	 */
	void save(Collection<Schedule> schedules);

	/**
	 * Schedules whose time has come.
	 * @param limit how many at most
	 * @return the schedules, longest due first
	 */
	List<Schedule> due(int limit);

	/**
	 * Stores the job of a tick and moves the schedule on, in one step, if the schedule
	 * still stands where it stood and the queue takes the job in; else nothing changes,
	 * and a schedule whose queue is full or paused stays due.
	 * @param due the schedule as {@link #due} gave it
	 * @param next when it comes next
	 * @param job the job of this tick, for the queue that the schedule names
	 * @return false if somebody else fired this tick, if the schedule has changed, or if
	 * the queue takes nothing in for now
	 */
	boolean fire(Schedule due, Instant next, NewJob job);

	/**
	 * Deletes a schedule.
	 * @param name its name
	 * @return false if there was none
	 */
	boolean remove(String name);

	/**
	 * All schedules.
	 * @return by name
	 */
	List<Schedule> list();

}
