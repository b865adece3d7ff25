package dev.q.test.model;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import dev.q.job.NewJob;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;
import dev.q.store.Schedule;
import dev.q.store.ScheduleStore;

/**
 * Jobs that come again.
 *
 * @param books what time it is
 * @param intake how jobs are stored
 * @param schedules by name, which a sorted map keeps in order
 */
record ModelSchedules(Books books, Intake intake, Map<String, Schedule> schedules) implements ScheduleStore {

	@Override
	public void save(Collection<Schedule> given) {
		this.books.requireOpen();
		for (Schedule schedule : given) {
			Schedule old = this.schedules.get(schedule.name());
			boolean keepsTime = old != null && old.hasTriggerOf(schedule);
			this.schedules.put(schedule.name(), keepsTime ? movedTo(schedule, old.nextAt()) : schedule);
		}
	}

	@Override
	public List<Schedule> due(int limit) {
		Instant now = this.books.now();
		return this.schedules.values()
			.stream()
			.filter((schedule) -> !schedule.nextAt().isAfter(now))
			.sorted(Comparator.comparing(Schedule::nextAt))
			.limit(JobStore.requireLimit(limit))
			.toList();
	}

	@Override
	public boolean fire(Schedule due, Instant next, NewJob job) {
		this.books.requireOpen();
		boolean fired = due.equals(this.schedules.get(due.name()))
				&& this.intake.insert(InsertGroup.of(List.of(job))) instanceof InsertAnswer.Accepted;
		if (fired) {
			this.schedules.put(due.name(), movedTo(due, next));
		}
		return fired;
	}

	private static Schedule movedTo(Schedule schedule, Instant next) {
		return new Schedule(schedule.name(), schedule.trigger(), schedule.zone(), schedule.spec(), next);
	}

	@Override
	public boolean remove(String name) {
		this.books.requireOpen();
		return this.schedules.remove(name) != null;
	}

	@Override
	public List<Schedule> list() {
		this.books.requireOpen();
		return List.copyOf(this.schedules.values());
	}

}
