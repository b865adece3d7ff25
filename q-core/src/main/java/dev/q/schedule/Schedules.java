package dev.q.schedule;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.q.JobReceipt;

/**
 * Adds schedules, looks at them and changes them while the application runs. They are
 * kept in the store: all nodes see them, and they outlive a restart. The store's clock
 * decides when one is due.
 *
 * <p>
 * What does not hold for jobs that come by a schedule: a maximum length of their queue,
 * since no caller is there to be refused. A queue that is full as the store sees it, or
 * paused, makes a tick wait; what becomes of ticks that have waited is told by
 * {@link Misfire}. A clock of the store that is set back makes schedules wait until it
 * shows the time of their next tick; nothing comes twice.
 *
 * @since 0.1
 */
public interface Schedules {

	/**
	 * Adds a schedule, or puts it in the place of the one of its name. Its next tick is
	 * the first one after now, unless its trigger is as it was. One that is paused stays
	 * so.
	 * @param request what to add
	 * @throws IllegalArgumentException if something of it cannot be used
	 * @throws dev.q.UnsupportedJobOptionException if the store cannot grant what its job
	 * asks for
	 */
	default void upsert(ScheduleRequest request) {
		upsertAll(List.of(request));
	}

	/**
	 * Adds several schedules. If one of them cannot be used, none is added.
	 * @param requests what to add; of two with one name the last one counts
	 * @see #upsert
	 */
	void upsertAll(Collection<ScheduleRequest> requests);

	/**
	 * Throws what {@link #upsert} would throw, without a look at the store.
	 * @param request what is to be added
	 * @throws IllegalArgumentException if something of it cannot be used
	 * @throws dev.q.UnsupportedJobOptionException if the store cannot grant what its job
	 * asks for
	 */
	void check(ScheduleRequest request);

	/**
	 * Deletes a schedule. Jobs that it has stored stay.
	 * @param name its name
	 * @return false if there was none
	 */
	boolean remove(String name);

	/**
	 * All schedules of the store, those of other applications too.
	 * @return by name
	 */
	List<ScheduleDetails> list();

	/**
	 * Finds a schedule.
	 * @param name its name
	 * @return the schedule, or empty if there is none
	 */
	default Optional<ScheduleDetails> find(String name) {
		return list().stream().filter((schedule) -> schedule.name().equals(name)).findFirst();
	}

	/**
	 * Makes a schedule not come until it is resumed, also if it is added again meanwhile.
	 * @param name its name
	 * @return false if there is none
	 */
	boolean pause(String name);

	/**
	 * Makes a schedule come again. For ticks that it has missed its {@link Misfire} says
	 * what happens.
	 * @param name its name
	 * @return false if there is none
	 */
	boolean resume(String name);

	/**
	 * Makes the job of a schedule come once more, now. Its next tick stays where it is.
	 * May be done while the schedule is paused. Its {@link Overlap} counts: with
	 * {@link Overlap#SKIP} the receipt says {@code DUPLICATE} and names the job that has
	 * not ended.
	 * @param name its name
	 * @return what became of the job
	 * @throws IllegalArgumentException if there is no such schedule
	 * @throws dev.q.JobRejectedException if the queue takes no jobs in
	 */
	JobReceipt trigger(String name);

	/**
	 * The times at which a schedule comes next, if it is not paused. For a trigger that
	 * is not stored yet, see {@link Trigger#preview}.
	 * @param name its name
	 * @param count how many, 1 to {@link Trigger#MOST_SHOWN}
	 * @return the ticks, without jitter
	 * @throws IllegalArgumentException if there is no such schedule, or if the count is
	 * out of its range
	 */
	List<Instant> preview(String name, int count);

}
