package dev.q.store.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.q.job.NewJob;
import dev.q.store.JobStore;
import dev.q.store.Schedule;
import dev.q.store.ScheduleStore;

/**
 * Keeps each schedule in the store of its queue. One of the same name in another store,
 * from when its queue was there, goes: it must not come twice. If that store is away, it
 * goes before anybody asks that store what is due.
 */
final class RoutingScheduleStore implements ScheduleStore {

	private final Branches branches;

	/** Names that are kept elsewhere now, by the store in which they may be too. */
	private final Map<Branch, Set<String>> moved = new ConcurrentHashMap<>();

	RoutingScheduleStore(Branches branches) {
		this.branches = branches;
		branches.all().forEach((branch) -> this.moved.put(branch, ConcurrentHashMap.newKeySet()));
	}

	@Override
	public void save(Collection<Schedule> schedules) {
		Map<String, Schedule> latest = new LinkedHashMap<>();
		schedules.forEach((schedule) -> latest.put(schedule.name(), schedule));
		Map<String, Schedule> elsewhere = elsewhere(latest);
		List<Schedule> all = latest.values().stream().map((schedule) -> kept(schedule, elsewhere)).toList();
		this.branches.places(all, (schedule) -> schedule.spec().queue()).forEach((branch, places) -> {
			List<Schedule> own = places.stream().map(all::get).toList();
			branch.ask((store) -> {
				store.schedules().save(own);
				return own;
			});
			own.forEach((schedule) -> noteMove(schedule.name(), branch));
		});
		this.branches.ask(this.branches.all(), this::forgetMoved, (branch) -> {
		});
	}

	/** Those that are kept in a store which does not hold their queue any more. */
	private Map<String, Schedule> elsewhere(Map<String, Schedule> latest) {
		Map<String, Schedule> found = new HashMap<>();
		this.branches.ask(this.branches.all(), (branch) -> {
			for (Schedule known : branch.ask((store) -> store.schedules().list())) {
				Schedule wanted = latest.get(known.name());
				if (wanted != null && !this.branches.isHeldBy(wanted.spec().queue(), branch)) {
					found.put(known.name(), known);
				}
			}
			return branch;
		}, (branch) -> {
		});
		return found;
	}

	/** What has become of one goes with it. */
	private static Schedule kept(Schedule schedule, Map<String, Schedule> elsewhere) {
		Schedule before = elsewhere.get(schedule.name());
		return (before != null) ? schedule.inPlaceOf(before) : schedule;
	}

	private void noteMove(String name, Branch to) {
		this.moved.forEach((branch, names) -> {
			if (branch.equals(to)) {
				names.remove(name);
			}
			else {
				names.add(name);
			}
		});
	}

	private Branch forgetMoved(Branch branch) {
		Set<String> names = this.moved.getOrDefault(branch, Set.of());
		if (!names.isEmpty()) {
			branch.ask((store) -> store.schedules().list()).forEach((schedule) -> {
				if (names.contains(schedule.name())) {
					branch.ask((store) -> store.schedules().remove(schedule.name()));
				}
			});
			names.clear();
		}
		return branch;
	}

	/**
	 * While a store is away, it is worth asking again as often as somebody looks at it.
	 */
	@Override
	public Timetable due(int limit) {
		JobStore.requireLimit(limit);
		List<Timetable> tables = new ArrayList<>();
		RuntimeException failure = this.branches.ask(this.branches.all(), (branch) -> {
			forgetMoved(branch);
			Timetable table = branch.ask((store) -> store.schedules().due(limit));
			return new Timetable(held(branch, table.due()), table.storeTime(), table.nextAt());
		}, tables::add);
		if (failure != null && tables.isEmpty()) {
			throw failure;
		}
		return merge(tables, limit, (failure != null) ? Stream.of(Branch.LONGEST_PAUSE) : Stream.empty());
	}

	/**
	 * Each wait is counted by the clock of its own store. The time of all is the earliest
	 * one: by a later one, ticks of a store that is behind would be taken for late.
	 */
	private static Timetable merge(List<Timetable> tables, int limit, Stream<Duration> looks) {
		List<Schedule> due = tables.stream()
			.flatMap((table) -> table.due().stream())
			.sorted(Comparator.comparing(Schedule::nextAt))
			.limit(limit)
			.toList();
		Instant storeTime = tables.stream().map(Timetable::storeTime).min(Comparator.naturalOrder()).orElseThrow();
		Stream<Duration> waits = tables.stream().flatMap((table) -> table.untilNext().stream());
		Instant nextAt = Stream.concat(waits, looks).min(Comparator.naturalOrder()).map(storeTime::plus).orElse(null);
		return new Timetable(due, storeTime, nextAt);
	}

	@Override
	public boolean fire(Schedule due, Instant next, NewJob job) {
		return this.branches.of(due.spec().queue()).ask((store) -> store.schedules().fire(due, next, job));
	}

	@Override
	public boolean skip(Schedule due, Instant next) {
		return this.branches.of(due.spec().queue()).ask((store) -> store.schedules().skip(due, next));
	}

	@Override
	public boolean pause(String name) {
		return any((schedules) -> schedules.pause(name));
	}

	@Override
	public boolean resume(String name) {
		return any((schedules) -> schedules.resume(name));
	}

	@Override
	public boolean remove(String name) {
		return any((schedules) -> schedules.remove(name));
	}

	/** Does something in all stores, as each of them may have a schedule. */
	private boolean any(Predicate<ScheduleStore> deed) {
		List<Boolean> done = new ArrayList<>();
		RuntimeException failure = this.branches.ask(this.branches.all(),
				(branch) -> branch.ask((store) -> deed.test(store.schedules())), done::add);
		if (failure != null) {
			throw failure;
		}
		return done.contains(true);
	}

	@Override
	public List<Schedule> list() {
		List<Schedule> all = new ArrayList<>();
		RuntimeException failure = this.branches.ask(this.branches.all(),
				(branch) -> held(branch, branch.ask((store) -> store.schedules().list())), all::addAll);
		if (failure != null) {
			throw failure;
		}
		all.sort(Comparator.comparing(Schedule::name));
		return List.copyOf(all);
	}

	/** A schedule in a store that does not hold its queue any more never comes. */
	private List<Schedule> held(Branch branch, List<Schedule> schedules) {
		return schedules.stream()
			.filter((schedule) -> this.branches.isHeldBy(schedule.spec().queue(), branch))
			.toList();
	}

}
