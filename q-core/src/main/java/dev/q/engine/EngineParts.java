package dev.q.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.q.attempt.JobsInHand;
import dev.q.job.WorkerId;
import dev.q.loop.EngineThreads;
import dev.q.loop.Loop;
import dev.q.maintenance.Housekeeping;
import dev.q.maintenance.ScheduleFiring;
import dev.q.ports.EngineClock;
import dev.q.store.JobStore;

/**
 * Puts the parts of an engine together. Starts nothing.
 */
final class EngineParts {

	private final EngineWorld world;

	private final AbandonedThreads.OfWorker lost;

	private final WorkerId worker;

	private final JobsInHand jobs;

	private final List<Fetcher> fetchers = new ArrayList<>();

	private final List<EngineThreads.Pool> pools = new ArrayList<>();

	private final Surroundings surroundings;

	private final HealthCheck health;

	EngineParts(EngineWorld world) {
		this.world = world;
		AtomicInteger abandoned = new AtomicInteger();
		this.lost = new AbandonedThreads.OfWorker(abandoned, world.settings().maxAbandonedThreads());
		this.worker = world.ports().newWorker();
		this.jobs = new JobsInHand(this.worker, world.store().work(), world.handlers(), world.events(),
				world.settings().attempts(), world.ports().clock());
		world.settings().groups().forEach(this::addGroup);
		this.surroundings = surroundings();
		HealthCheck.Subjects subjects = new HealthCheck.Subjects(this.jobs, abandoned,
				world.settings().maxAbandonedThreads(), world.store(), this.surroundings.upkeep()::lag);
		List<Loop> watched = Stream.concat(fetcherLoops().stream(), serviceLoops().stream()).toList();
		this.health = new HealthCheck(watched, subjects, world.onHealth(), world.ports().clock());
	}

	JobsInHand jobs() {
		return this.jobs;
	}

	List<Fetcher> fetchers() {
		return this.fetchers;
	}

	List<Loop> fetcherLoops() {
		return this.fetchers.stream().map(Fetcher::loop).toList();
	}

	/**
	 * What goes on until the last job is settled.
	 */
	List<Loop> serviceLoops() {
		return Stream
			.concat(this.jobs.loops().stream(),
					Stream.of(this.surroundings.upkeep().loop(), this.surroundings.timekeeper().loop()))
			.toList();
	}

	List<EngineThreads.Pool> pools() {
		return this.pools;
	}

	Timekeeper timekeeper() {
		return this.surroundings.timekeeper();
	}

	Presence presence() {
		return this.surroundings.presence();
	}

	Signals signals() {
		return this.surroundings.signals();
	}

	HealthCheck health() {
		return this.health;
	}

	private void addGroup(GroupSettings group) {
		EnginePorts ports = this.world.ports();
		EngineSettings settings = this.world.settings();
		Slots slots = new Slots(group.concurrency());
		EngineThreads.Pool pool = ports.threads().jobs(group.name(), group.concurrency());
		AbandonedThreads lost = new AbandonedThreads(slots, pool, this.lost);
		Dispatcher dispatcher = new Dispatcher(slots, pool, lost, this.jobs);
		Claimer claimer = new Claimer(group, this.worker, this.world.store().work(), settings, ports);
		this.pools.add(pool);
		this.fetchers.add(new Fetcher(group.name(), claimer, dispatcher, slots, ports.clock()));
	}

	private Surroundings surroundings() {
		JobStore store = this.world.store();
		EngineSettings settings = this.world.settings();
		EngineClock clock = this.world.ports().clock();
		Presence presence = new Presence(store.cluster(), this.worker, this.fetchers, clock.instant());
		Signals signals = new Signals(store.work(), this.worker, this.fetchers, this.jobs);
		Housekeeping housekeeping = new Housekeeping(store.maintenance(), settings.retention(), this.world.events());
		Timekeeper timekeeper = new Timekeeper(new ScheduleFiring(store, this.world.events()),
				settings.maintenanceInterval(), clock);
		return new Surroundings(new Upkeep(housekeeping, presence, signals, settings.maintenanceInterval(), clock),
				timekeeper, presence, signals);
	}

	/**
	 * What is beside the line and knows other workers.
	 */
	private record Surroundings(Upkeep upkeep, Timekeeper timekeeper, Presence presence, Signals signals) {
	}

}
