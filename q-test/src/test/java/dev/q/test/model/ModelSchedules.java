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
			Schedule known = this.schedules.get(schedule.name());
			this.schedules.put(schedule.name(), (known != null) ? schedule.inPlaceOf(known) : schedule);
		}
	}

	@Override
	public Timetable due(int limit) {
		Instant now = this.books.now();
		List<Schedule> coming = this.schedules.values()
			.stream()
			.filter((schedule) -> !schedule.paused())
			.sorted(Comparator.comparing(Schedule::nextAt))
			.toList();
		List<Schedule> due = coming.stream().filter((schedule) -> !schedule.nextAt().isAfter(now)).toList();
		Instant nextAt = (coming.size() > due.size()) ? coming.get(due.size()).nextAt() : null;
		return new Timetable(due.stream().limit(JobStore.requireLimit(limit)).toList(), now, nextAt);
	}

	@Override
	public boolean fire(Schedule due, Instant next, NewJob job) {
		this.books.requireOpen();
		return stands(due) && this.intake.insert(InsertGroup.of(List.of(job))) instanceof InsertAnswer.Accepted
				&& put(due.movedTo(next, job.id()));
	}

	@Override
	public boolean skip(Schedule due, Instant next) {
		this.books.requireOpen();
		return stands(due) && put(due.movedTo(next, null));
	}

	private boolean stands(Schedule given) {
		return given.equals(this.schedules.get(given.name()));
	}

	private boolean put(Schedule schedule) {
		this.schedules.put(schedule.name(), schedule);
		return true;
	}

	@Override
	public boolean pause(String name) {
		this.books.requireOpen();
		return this.schedules.containsKey(name) && put(this.schedules.get(name).halted());
	}

	@Override
	public boolean resume(String name) {
		this.books.requireOpen();
		return this.schedules.containsKey(name) && put(this.schedules.get(name).resumed());
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
