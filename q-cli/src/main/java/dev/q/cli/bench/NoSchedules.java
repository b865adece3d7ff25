package dev.q.cli.bench;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

import dev.q.job.NewJob;
import dev.q.store.Schedule;
import dev.q.store.ScheduleStore;

/**
 * No schedules, so that those of the store are left to its applications: perhaps none
 * runs now, and that on purpose.
 *
 * @param clock what the store's clock is taken to show
 */
record NoSchedules(InstantSource clock) implements ScheduleStore {

	@Override
	public void save(Collection<Schedule> schedules) {
		if (!schedules.isEmpty()) {
			throw new IllegalStateException("A measurement has no schedules, but was given " + schedules);
		}
	}

	@Override
	public Timetable due(int limit) {
		return new Timetable(List.of(), this.clock.instant(), null);
	}

	@Override
	public boolean fire(Schedule due, Instant next, NewJob job) {
		return false;
	}

	@Override
	public boolean skip(Schedule due, Instant next) {
		return false;
	}

	@Override
	public boolean pause(String name) {
		return false;
	}

	@Override
	public boolean resume(String name) {
		return false;
	}

	@Override
	public boolean remove(String name) {
		return false;
	}

	@Override
	public List<Schedule> list() {
		return List.of();
	}

}
