package dev.q.test.fuzz;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import dev.q.job.JobSpec;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.schedule.Overlap;
import dev.q.schedule.ScheduleOptions;
import dev.q.store.Schedule;

/**
 * What is done to jobs that come again.
 */
final class ScheduleSteps {

	private static final int ALL = 100;

	private static final List<String> NAMES = List.of("daily", "a b|c", "%.*", "\u00e9t\u00e9");

	private final BothStores stores;

	private final RandomJobs jobs;

	private final Random random;

	/** As they once were, so that some that are fired have changed since. */
	private final List<Schedule> seen = new ArrayList<>();

	ScheduleSteps(BothStores stores, RandomJobs jobs, Random random) {
		this.stores = stores;
		this.jobs = jobs;
		this.random = random;
	}

	/** Maybe one of them twice. */
	void save() {
		List<Schedule> some = new ArrayList<>();
		int count = 1 + this.random.nextInt(3);
		for (int i = 0; i < count; i++) {
			QueueName queue = this.jobs.queue();
			JobSpec spec = this.jobs.job(queue, this.stores.now()).spec();
			some.add(new Schedule(this.jobs.oneOf(NAMES), "every " + this.random.nextInt(2), "UTC", spec, next())
				.withOptions(ScheduleOptions.DEFAULT.withOverlap(this.jobs.oneOf(List.of(Overlap.values())))));
		}
		this.stores.ask("save " + some, (store) -> {
			store.schedules().save(some);
			return store.schedules().list();
		});
	}

	private Instant next() {
		return this.stores.now().plusMillis(this.random.nextInt(4000) - 1000);
	}

	/** Schedules of one time come in any order. */
	void fire() {
		List<Schedule> due = this.stores.ask("due", (store) -> store.schedules().due(ALL).due(),
				(schedules) -> schedules.stream().sorted(Comparator.comparing(Schedule::name)).toList());
		int limit = 1 + this.random.nextInt(3);
		this.stores.ask("due, at most " + limit, (store) -> store.schedules().due(limit).due(),
				(schedules) -> schedules.stream().map(Schedule::nextAt).toList());
		this.stores.ask("next", (store) -> store.schedules().due(limit).untilNext());
		this.seen.addAll(due);
		if (!this.seen.isEmpty()) {
			Schedule one = (!due.isEmpty() && this.random.nextBoolean()) ? this.jobs.oneOf(due)
					: this.jobs.oneOf(this.seen);
			NewJob job = this.jobs.job(one.spec().queue(), this.stores.now());
			Instant next = this.stores.now().plusMillis(this.random.nextInt(3000));
			if (this.random.nextInt(4) == 0) {
				this.stores.ask("skip " + one, (store) -> store.schedules().skip(one, next));
			}
			this.stores.ask("fire " + one, (store) -> store.schedules().fire(one, next, job));
		}
	}

	void halt() {
		String name = this.jobs.oneOf(NAMES);
		this.stores.ask("pause " + name, (store) -> store.schedules().pause(name));
		this.seen.addAll(this.stores.ask("schedules", (store) -> store.schedules().list()));
		if (this.random.nextBoolean()) {
			this.stores.ask("resume " + name, (store) -> store.schedules().resume(name));
		}
	}

	void remove() {
		String name = this.jobs.oneOf(NAMES);
		this.stores.ask("remove " + name, (store) -> store.schedules().remove(name));
	}

}
