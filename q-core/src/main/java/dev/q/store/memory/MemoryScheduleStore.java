package dev.q.store.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.q.job.NewJob;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.Schedule;
import dev.q.store.ScheduleStore;

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
			given.forEach((schedule) -> this.schedules.merge(schedule.name(), schedule, MemoryScheduleStore::updated));
			return null;
		});
	}

	private static Schedule updated(Schedule old, Schedule given) {
		return old.hasTriggerOf(given) ? movedTo(given, old.nextAt()) : given;
	}

	@Override
	public List<Schedule> due(int limit) {
		Instant now = this.state.now();
		return locked(() -> this.schedules.values()
			.stream()
			.filter((schedule) -> !schedule.nextAt().isAfter(now))
			.sorted(Comparator.comparing(Schedule::nextAt))
			.limit(limit)
			.toList());
	}

	@Override
	public boolean fire(Schedule due, Instant next, NewJob job) {
		News news = this.state.news();
		boolean fired = locked(() -> {
			if (!due.equals(this.schedules.get(due.name())) || !isStored(job, news)) {
				return false;
			}
			this.schedules.put(due.name(), movedTo(due, next));
			return true;
		});
		news.tell();
		return fired;
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
	public boolean remove(String name) {
		return locked(() -> this.schedules.remove(name) != null);
	}

	@Override
	public List<Schedule> list() {
		return locked(() -> List.copyOf(this.schedules.values()));
	}

	private static Schedule movedTo(Schedule schedule, Instant next) {
		return new Schedule(schedule.name(), schedule.trigger(), schedule.zone(), schedule.spec(), next);
	}

	private <T> T locked(Supplier<T> action) {
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
