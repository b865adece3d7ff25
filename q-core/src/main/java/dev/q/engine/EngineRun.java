package dev.q.engine;

import java.time.Duration;
import java.util.List;

import dev.q.loop.EngineThreads;
import dev.q.loop.Loop;
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

	private final EngineParts parts;

	private volatile boolean draining;

	EngineRun(EngineWorld world) {
		this.settings = world.settings();
		this.ports = world.ports();
		this.parts = new EngineParts(world);
	}

	void start() {
		EngineThreads threads = this.ports.threads();
		this.parts.serviceLoops().forEach(threads::start);
		this.parts.fetcherLoops().forEach(threads::start);
		threads.start(this.parts.health().loop());
	}

	EngineHealth health() {
		EngineHealth health = this.parts.health().health();
		return this.draining ? health.whileDraining() : health;
	}

	List<GroupSlots> slots() {
		return this.parts.fetchers().stream().map(Fetcher::groupSlots).toList();
	}

	void lookAtSchedules() {
		this.parts.timekeeper().loop().wake();
	}

	/**
	 * Claims nothing any more. What a claim under way still brings is handed back.
	 */
	void stopClaiming() {
		this.draining = true;
		this.parts.fetchers().forEach(Fetcher::stop);
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
			this.parts.jobs().giveUpAll();
		}
		finally {
			interrupted |= stopServices();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void stopFetching() throws InterruptedException {
		stopClaiming();
		boolean interrupted = attempt("tell the store that it drains",
				() -> this.parts.presence().announceDraining(longestLease()));
		if (interrupted) {
			throw new InterruptedException();
		}
		awaitEnds(this.parts.fetcherLoops());
	}

	private void stopHandlers() throws InterruptedException {
		this.parts.jobs().askToStop();
		if (!drain(this.settings.shutdownTimeout())) {
			this.parts.jobs().interruptAll();
			if (!drain(GRACE)) {
				logger.warn("Handlers still run after an interrupt; their jobs are handed back");
				this.parts.jobs().giveUpAll();
			}
		}
	}

	private Duration longestLease() {
		return this.parts.jobs().longestLease(this.settings.lease());
	}

	private boolean drain(Duration timeout) throws InterruptedException {
		long end = this.ports.clock().nanoTime() + timeout.toNanos();
		boolean drained = true;
		for (Fetcher fetcher : this.parts.fetchers()) {
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
		List<Loop> loops = this.parts.serviceLoops();
		this.parts.health().loop().stop();
		boolean interrupted = attempt("settle what is left", () -> this.parts.jobs().settleAtLast(GRACE));
		loops.forEach(Loop::stop);
		interrupted |= attempt("wait for its services", () -> awaitEnds(loops));
		if (this.parts.jobs().isEmpty()) {
			interrupted |= attempt("leave the register", this.parts.presence()::withdraw);
		}
		else {
			logger.warn("{} jobs could not be settled before the end; other workers take them over when their"
					+ " leases run out", this.parts.jobs().count());
			interrupted |= attempt("tell the store that it drains",
					() -> this.parts.presence().announceDraining(longestLease()));
		}
		interrupted |= attempt("end its subscription", this.parts.signals()::close);
		this.parts.pools().forEach(EngineThreads.Pool::close);
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

}
