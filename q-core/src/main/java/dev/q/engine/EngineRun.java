package dev.q.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.q.event.JobEvents;
import dev.q.job.WorkerId;
import dev.q.loop.EngineThreads;
import dev.q.loop.Loop;
import dev.q.maintenance.Housekeeping;
import dev.q.store.JobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of an engine between one start and the next stop. Each run is a new
 * incarnation of the worker.
 */
final class EngineRun {

	private static final Logger logger = LoggerFactory.getLogger(JobEngine.class);

	private static final Duration GRACE = Duration.ofMillis(500);

	private final EngineSettings settings;

	private final EnginePorts ports;

	private final InFlight inFlight = new InFlight();

	private final Completer completer;

	private final List<Fetcher> fetchers = new ArrayList<>();

	private final List<EngineThreads.Pool> pools = new ArrayList<>();

	private final Surroundings surroundings;

	EngineRun(JobStore store, HandlerRunner handlers, JobEvents events, EngineSettings settings, EnginePorts ports) {
		this.settings = settings;
		this.ports = ports;
		WorkerId worker = new WorkerId("w-%016x".formatted(ports.random().nextLong()));
		Reporter reporter = new Reporter(events);
		this.completer = new Completer(store.work(), settings.retention(), this.inFlight, reporter, ports.clock());
		LeaseKeeper leases = new LeaseKeeper(store.work(), this.inFlight, reporter, settings, ports.clock());
		for (GroupSettings group : settings.groups()) {
			Slots slots = new Slots(group.concurrency());
			EngineThreads.Pool pool = ports.threads().jobs(group.name(), group.concurrency());
			this.pools.add(pool);
			Dispatcher dispatcher = new Dispatcher(slots, pool, handlers, this.completer, leases, reporter);
			Claimer claimer = new Claimer(group, worker, store.work(), settings, ports);
			this.fetchers.add(new Fetcher(group.name(), claimer, dispatcher, slots, ports.clock()));
		}
		Presence presence = new Presence(store.cluster(), worker, this.fetchers, ports.clock().instant());
		Signals signals = new Signals(store.work(), worker, this.fetchers, leases);
		Housekeeping housekeeping = new Housekeeping(store.maintenance(), settings.retention(), events);
		Upkeep upkeep = new Upkeep(housekeeping, presence, signals, settings.maintenanceInterval(), ports.clock());
		this.surroundings = new Surroundings(leases.loop(), upkeep.loop(), presence, signals);
	}

	void start() {
		EngineThreads threads = this.ports.threads();
		threads.start(this.completer.loop());
		threads.start(this.surroundings.leases());
		threads.start(this.surroundings.upkeep());
		this.fetchers.forEach((fetcher) -> threads.start(fetcher.loop()));
	}

	/**
	 * Closes the line from the left: no more claims, then no more handlers, then no more
	 * settlements. Leases are renewed until all is settled.
	 */
	void stop() {
		boolean interrupted = Thread.interrupted();
		try {
			stopFetching();
			stopHandlers();
		}
		catch (InterruptedException ex) {
			interrupted = true;
			giveUpHandlers();
		}
		finally {
			interrupted |= stopServices();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void stopFetching() throws InterruptedException {
		this.fetchers.forEach(Fetcher::stop);
		boolean interrupted = attempt("tell the store that it drains",
				() -> this.surroundings.presence().announceDraining(longestLease()));
		if (interrupted) {
			throw new InterruptedException();
		}
		awaitEnds(this.fetchers.stream().map(Fetcher::loop).toList());
	}

	private void stopHandlers() throws InterruptedException {
		this.inFlight.all().forEach(Execution::askToStop);
		if (!drain(this.settings.shutdownTimeout())) {
			this.inFlight.all().forEach(Execution::interruptToStop);
			if (!drain(GRACE)) {
				logger.warn("Handlers still run after an interrupt; their jobs are handed back");
				giveUpHandlers();
			}
		}
	}

	private void giveUpHandlers() {
		for (Execution execution : this.inFlight.all()) {
			execution.interruptToStop();
			execution.end(Execution.Ending.HANDED_BACK, this.completer::offer);
		}
	}

	private Duration longestLease() {
		return this.inFlight.all()
			.stream()
			.map((execution) -> execution.lease().length())
			.reduce(this.settings.lease(), (one, other) -> (one.compareTo(other) < 0) ? other : one);
	}

	private boolean drain(Duration timeout) throws InterruptedException {
		long end = this.ports.clock().nanoTime() + timeout.toNanos();
		boolean drained = true;
		for (Fetcher fetcher : this.fetchers) {
			drained &= fetcher.slots().drain(Duration.ofNanos(end - this.ports.clock().nanoTime()));
		}
		return drained;
	}

	/**
	 * Settles what is left and ends what is beside the line. A worker that leaves jobs
	 * behind stays in the register as one that drains, so that their leases are not taken
	 * for crashes.
	 * @return whether the thread was interrupted meanwhile
	 */
	private boolean stopServices() {
		List<Loop> loops = List.of(this.completer.loop(), this.surroundings.leases(), this.surroundings.upkeep());
		boolean interrupted = attempt("settle what is left", () -> this.completer.settleAtLast(GRACE));
		loops.forEach(Loop::stop);
		interrupted |= attempt("wait for its services", () -> awaitEnds(loops));
		if (this.inFlight.all().isEmpty()) {
			interrupted |= attempt("leave the register", this.surroundings.presence()::withdraw);
		}
		else {
			logger.warn("{} jobs could not be settled before the end; other workers take them over when their"
					+ " leases run out", this.inFlight.all().size());
			interrupted |= attempt("tell the store that it drains",
					() -> this.surroundings.presence().announceDraining(longestLease()));
		}
		interrupted |= attempt("end its subscription", this.surroundings.signals()::close);
		this.pools.forEach(EngineThreads.Pool::close);
		return interrupted;
	}

	private void awaitEnds(List<Loop> loops) throws InterruptedException {
		long end = this.ports.clock().nanoTime() + GRACE.toNanos();
		for (Loop loop : loops) {
			loop.awaitEnd(Duration.ofNanos(end - this.ports.clock().nanoTime()));
		}
	}

	/**
	 * Takes a step of the stop. Whatever goes wrong, the next step follows.
	 * @return whether the thread was interrupted meanwhile
	 */
	private static boolean attempt(String what, Step step) {
		try {
			step.run();
			return false;
		}
		catch (InterruptedException ex) {
			return true;
		}
		catch (Throwable ex) {
			logger.warn("The worker could not {}, and stops all the same", what, ex);
			return false;
		}
	}

	/**
	 * A step of the stop.
	 */
	@FunctionalInterface
	private interface Step {

		void run() throws InterruptedException;

	}

	/**
	 * What is beside the line.
	 */
	private record Surroundings(Loop leases, Loop upkeep, Presence presence, Signals signals) {
	}

}
