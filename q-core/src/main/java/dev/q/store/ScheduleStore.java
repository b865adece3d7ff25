package dev.q.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.q.job.NewJob;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that come again. No leader is needed: whoever finds a schedule due fires it, and a
 * compare-and-set lets one of them win.
 *
 * @since 0.1
 */
public interface ScheduleStore {

	/**
	 * Stores schedules by name. One that is known keeps what has become of it: whether it
	 * is paused, its last job, and its next time if its trigger is as it was.
	 * @param schedules what to store
	 */
	void save(Collection<Schedule> schedules);

	/**
	 * Schedules whose time has come, but for those that are paused.
	 * @param limit how many at most
	 * @return the schedules, and when it is worth asking again
	 */
	Timetable due(int limit);

	/**
	 * Stores the job of a tick and moves the schedule on, in one step, if the schedule
	 * still stands exactly as given and the queue takes the job in; else nothing changes,
	 * and a schedule whose queue is full or paused stays due. A job whose id is known or
	 * whose unique key is held is not stored, and the schedule moves on.
	 * @param due the schedule as this store gave it. It need not be due: with its own
	 * next time as the next one, its job comes once more
	 * @param next when it comes next
	 * @param job the job of this tick, for the queue that the schedule names
	 * @return false if somebody else fired this tick, if the schedule has changed, or if
	 * the queue takes nothing in for now
	 */
	boolean fire(Schedule due, Instant next, NewJob job);

	/**
	 * Moves a schedule on without a job, if it still stands exactly as given.
	 * @param due the schedule as this store gave it
	 * @param next when it comes next
	 * @return false if the schedule has changed
	 */
	boolean skip(Schedule due, Instant next);

	/**
	 * Makes a schedule stay where it stands. One that is paused already is left as it is.
	 * @param name its name
	 * @return false if there is none
	 */
	boolean pause(String name);

	/**
	 * Makes a schedule come again, from where it stood. One that is not paused is left as
	 * it is.
	 * @param name its name
	 * @return false if there is none
	 */
	boolean resume(String name);

	/**
	 * Deletes a schedule.
	 * @param name its name
	 * @return false if there was none
	 */
	boolean remove(String name);

	/**
	 * All schedules, those that are paused too.
	 * @return by name
	 */
	List<Schedule> list();

	/**
	 * What is due, and what comes after that.
	 *
	 * @param due the schedules that are due, longest due first
	 * @param storeTime what the store's clock showed
	 * @param nextAt when the next of all other schedules is due, or null if none waits
	 */
	record Timetable(List<Schedule> due, Instant storeTime, @Nullable Instant nextAt) {

		/**
		 * Copies the list.
		 */
		public Timetable {
			due = List.copyOf(due);
		}

		/**
		 * How long it is until the next schedule is due that is not yet.
		 * @return more than zero; empty if none waits
		 */
		public Optional<Duration> untilNext() {
			return Optional.ofNullable(this.nextAt).map((next) -> Duration.between(this.storeTime, next));
		}

	}

}
