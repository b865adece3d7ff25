package dev.q.test.contract;

import java.time.Instant;
import java.util.List;

import dev.q.job.QueueName;
import dev.q.store.Schedule;
import dev.q.store.ScheduleStore;

/**
 * A theme about jobs that come again.
 *
 * @since 0.1
 */
public abstract class ScheduleTheme extends Theme {

	ScheduleStore schedules() {
		return store().schedules();
	}

	List<Schedule> due(int limit) {
		return schedules().due(limit).due();
	}

	/** Saves a schedule, and lets its time come. */
	Schedule due() {
		schedules().save(List.of(schedule("daily")));
		pass(minutes(10));
		return due(1).get(0);
	}

	Schedule schedule(String name) {
		return schedule(name, now().plus(minutes(10)));
	}

	static Schedule schedule(String name, Instant nextAt) {
		return new Schedule(name, "every 10m", "UTC", aJob().spec(), nextAt);
	}

	static Schedule in(QueueName queue, Schedule schedule) {
		return new Schedule(schedule.name(), schedule.trigger(), schedule.zone(), aJob().in(queue).spec(),
				schedule.nextAt());
	}

}
