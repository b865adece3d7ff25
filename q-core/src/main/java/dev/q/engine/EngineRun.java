package dev.q.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.q.event.JobEvents;
import dev.q.job.WorkerId;
import dev.q.maintenance.Housekeeping;
import dev.q.store.JobStore;
import dev.q.store.Subscription;
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

	private final EngineThreads threads;

	private final InFlight inFlight = new InFlight();

	private final Completer completer;

	private final LeaseKeeper leases;

	private final List<Fetcher> fetchers = new ArrayList<>();

	private final Upkeep upkeep;

	private final Subscription signals;

	EngineRun(JobStore store, HandlerRunner handlers, JobEvents events, EngineSettings settings, EnginePorts ports) {
		this.settings = settings;
		this.threads = ports.threads();
		WorkerId worker = new WorkerId("w-%016x".formatted(ports.random().nextLong()));
		Reporter reporter = new Reporter(events);
		this.completer = new Completer(store.work(), settings.retention(), this.inFlight, reporter, ports.clock());
		this.leases = new LeaseKeeper(store.work(), this.inFlight, reporter, settings, ports.clock());
		for (GroupSettings group : settings.groups()) {
			Slots slots = new Slots(group.concurrency());
			Dispatcher dispatcher = new Dispatcher(slots, this.threads.jobs(group.name(), group.concurrency()),
					handlers, this.completer, this.leases, reporter);
			Claimer claimer = new Claimer(group, worker, store.work(), settings, ports);
			this.fetchers.add(new Fetcher(group.name(), claimer, dispatcher, slots, ports.clock()));
		}
		Housekeeping housekeeping = new Housekeeping(store.maintenance(), settings.retention(), events);
		Presence presence = new Presence(store.cluster(), worker, this.fetchers, ports.clock().instant());
		this.upkeep = new Upkeep(housekeeping, presence, settings.maintenanceInterval(), ports.clock());
		this.signals = store.work().subscribe(worker, new Signals(this.fetchers, this.leases));
	}

	void start() {
		this.threads.start(this.completer.loop());
		this.threads.start(this.leases.loop());
		this.threads.start(this.upkeep.loop());
		this.fetchers.forEach((fetcher) -> this.threads.start(fetcher.loop()));
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
			if (!this.inFlight.awaitEmpty(GRACE)) {
				logger.warn("{} jobs could not be settled before the end; other workers take them over when their"
						+ " leases run out", this.inFlight.all().size());
			}
		}
		catch (InterruptedException ex) {
			interrupted = true;
			logger.warn("The stop was interrupted; other workers take over {} jobs when their leases run out",
					this.inFlight.all().size());
		}
		finally {
			interrupted |= stopServices();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void stopFetching() throws InterruptedException {
		for (Fetcher fetcher : this.fetchers) {
			fetcher.stop();
		}
		for (Fetcher fetcher : this.fetchers) {
			fetcher.loop().awaitEnd(GRACE);
		}
		attempt("tell the store that it drains", this.upkeep.presence()::announceDraining);
	}

	private void stopHandlers() throws InterruptedException {
		this.inFlight.all().forEach(Execution::askToStop);
		if (!drain(this.settings.shutdownTimeout())) {
			this.inFlight.all().forEach(Execution::interruptToStop);
			if (!drain(GRACE)) {
				logger.warn("{} handlers still run after an interrupt; their jobs are handed back",
						this.inFlight.all().size());
				this.inFlight.all().forEach((execution) -> execution.end(Execution.Ending.HANDED_BACK));
			}
		}
	}

	private boolean drain(Duration timeout) throws InterruptedException {
		boolean drained = true;
		for (Fetcher fetcher : this.fetchers) {
			drained &= fetcher.slots().drain(drained ? timeout : Duration.ZERO);
		}
		return drained;
	}

	/**
	 * Ends what is beside the line.
	 * @return whether the thread was interrupted meanwhile
	 */
	private boolean stopServices() {
		List<Loop> loops = List.of(this.completer.loop(), this.leases.loop(), this.upkeep.loop());
		loops.forEach(Loop::stop);
		boolean interrupted = false;
		try {
			for (Loop loop : loops) {
				loop.awaitEnd(GRACE.dividedBy(loops.size()));
			}
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		attempt("leave the register", this.upkeep.presence()::withdraw);
		attempt("end its subscription", this.signals::close);
		this.threads.close();
		return interrupted;
	}

	private static void attempt(String what, Runnable step) {
		try {
			step.run();
		}
		catch (RuntimeException ex) {
			logger.warn("The worker could not {}, and stops all the same", what, ex);
		}
	}

}
