package dev.q.store.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.q.job.NewJob;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.Schedule;
import dev.q.store.ScheduleStore;
import org.jspecify.annotations.Nullable;

/**
 * Schedules in memory. Who fires one holds its lock while the job is stored, so that both
 * happen or neither.
 */
final class MemoryScheduleStore implements ScheduleStore {

	private final MemoryState state;

	/** Guards the schedules. Taken before the lock of a queue, never after. */
	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, Schedule> schedules = new TreeMap<>();

	MemoryScheduleStore(MemoryState state) {
		this.state = state;
	}

	@Override
	public void save(Collection<Schedule> given) {
		locked(() -> {
			given.forEach((schedule) -> this.schedules.merge(schedule.name(), schedule,
					(known, saved) -> saved.inPlaceOf(known)));
			return null;
		});
	}

	@Override
	public Timetable due(int limit) {
		Instant now = this.state.now();
		return locked(() -> {
			List<Schedule> waiting = this.schedules.values()
				.stream()
				.filter((schedule) -> !schedule.paused())
				.sorted(Comparator.comparing(Schedule::nextAt))
				.toList();
			Instant nextAt = waiting.stream()
				.map(Schedule::nextAt)
				.filter((next) -> next.isAfter(now))
				.findFirst()
				.orElse(null);
			return new Timetable(
					waiting.stream().filter((schedule) -> !schedule.nextAt().isAfter(now)).limit(limit).toList(), now,
					nextAt);
		});
	}

	@Override
	public boolean fire(Schedule due, Instant next, NewJob job) {
		News news = this.state.news();
		boolean fired = locked(() -> stands(due) && isStored(job, news) && move(due.movedTo(next, job.id())));
		news.tell();
		return fired;
	}

	@Override
	public boolean skip(Schedule due, Instant next) {
		return locked(() -> stands(due) && move(due.movedTo(next, null)));
	}

	private boolean stands(Schedule given) {
		return given.equals(this.schedules.get(given.name()));
	}

	private boolean move(Schedule moved) {
		this.schedules.put(moved.name(), moved);
		return true;
	}

	/**
	 * A queue that takes nothing in, because it is full or paused, leaves the schedule
	 * where it stands: its tick is late, but not lost.
	 */
	private boolean isStored(NewJob job, News news) {
		InsertAnswer answer = Intake.withoutPatience(this.state, news).take(InsertGroup.of(List.of(job)));
		return answer instanceof InsertAnswer.Accepted;
	}

	@Override
	public boolean pause(String name) {
		return change(name, Schedule::halted);
	}

	@Override
	public boolean resume(String name) {
		return change(name, Schedule::resumed);
	}

	private boolean change(String name, UnaryOperator<Schedule> change) {
		return locked(() -> this.schedules.computeIfPresent(name, (key, schedule) -> change.apply(schedule)) != null);
	}

	@Override
	public boolean remove(String name) {
		return locked(() -> this.schedules.remove(name) != null);
	}

	@Override
	public List<Schedule> list() {
		return locked(() -> List.copyOf(this.schedules.values()));
	}

	private <T extends @Nullable Object> T locked(Supplier<T> action) {
		this.state.requireOpen();
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

}
