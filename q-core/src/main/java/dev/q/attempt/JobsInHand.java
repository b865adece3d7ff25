package dev.q.attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

import dev.q.event.JobEvents;
import dev.q.job.JobId;
import dev.q.job.WorkerId;
import dev.q.loop.Loop;
import dev.q.ports.EngineClock;
import dev.q.store.ClaimedJob;
import dev.q.store.WorkStore;

/**
 * The jobs that a worker has claimed and not settled yet. It renews their leases, watches
 * their timeouts and settles them, as long as its {@linkplain #loops() loops} are run.
 * Safe for use by many threads.
 *
 * @since 0.1
 */
public final class JobsInHand {

	private final WorkerId worker;

	private final HandlerRunner handlers;

	private final InFlight inFlight = new InFlight();

	private final Reporter reporter;

	private final Completer completer;

	private final Watch watch;

	/**
	 * Begins with no job in hand.
	 * @param worker who holds the jobs
	 * @param store where they are settled
	 * @param handlers what runs them
	 * @param events told of what becomes of them
	 * @param settings how they are looked after
	 * @param clock times leases and timeouts
	 */
	public JobsInHand(WorkerId worker, WorkStore store, HandlerRunner handlers, JobEvents events,
			AttemptSettings settings, EngineClock clock) {
		this.worker = worker;
		this.handlers = handlers;
		this.reporter = new Reporter(worker, events);
		this.completer = new Completer(store, settings.retention(), this.inFlight, this.reporter, clock);
		this.watch = new Watch(new LeaseKeeper(store, this.inFlight, this.reporter, settings.usualLease(), clock),
				new Deadlines(this.inFlight, this.reporter, settings.timeoutGrace(), clock));
	}

	/**
	 * Answers for a job from now on. It is to be run or handed back.
	 * @param claimed the job and its lease
	 * @param sentAt when the claim was sent, by the engine's nanoseconds
	 * @param onAbandoned called if the attempt is ended while its handler goes on, so
	 * that the thread is given up; says how many threads hang then
	 * @return the attempt, not begun yet
	 */
	public Execution take(ClaimedJob claimed, long sentAt, IntSupplier onAbandoned) {
		Execution execution = new Execution(claimed, sentAt, this.handlers, new WorkerLine(this, onAbandoned));
		this.watch.over(execution);
		return execution;
	}

	/**
	 * Tells that a job is on its way to its handler.
	 * @param execution its attempt
	 */
	public void started(Execution execution) {
		this.reporter.started(execution.job());
	}

	/**
	 * Looks after a job at once, of which a signal says that it was taken away.
	 * @param job which one; need not be in hand
	 */
	public void suspect(JobId job) {
		this.watch.leases().suspect(job);
	}

	/**
	 * Looks after all jobs at once, of which a signal may have been missed.
	 */
	public void suspectAll() {
		this.watch.leases().suspectAll();
	}

	/**
	 * What must go on until the last job is settled.
	 * @return the services, not started
	 */
	public List<Loop> loops() {
		return Stream.concat(Stream.of(this.completer.loop()), this.watch.loops().stream()).toList();
	}

	/**
	 * Tells all handlers that they should come to an end. Jobs that still wait for their
	 * turn are handed back.
	 */
	public void askToStop() {
		this.inFlight.askToStop();
		this.handlers.lookAgain();
	}

	/**
	 * Interrupts all handlers. What they throw then does not count as a failure.
	 */
	public void interruptAll() {
		this.inFlight.interruptAll();
	}

	/**
	 * Interrupts all handlers and hands their jobs back without waiting for them.
	 */
	public void giveUpAll() {
		this.inFlight.giveUpAll();
	}

	/**
	 * Settles what has ended for the last time, whether or not the store failed before.
	 * Ends when it fails now.
	 * @param timeout how long to wait for whoever is settling
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	public void settleAtLast(Duration timeout) throws InterruptedException {
		this.completer.settleAtLast(timeout);
	}

	/**
	 * Whether all is settled.
	 * @return true if no job is in hand
	 */
	public boolean isEmpty() {
		return this.inFlight.isEmpty();
	}

	/**
	 * How many jobs are in hand.
	 * @return their number, with those that have ended and are not settled yet
	 */
	public int count() {
		return this.inFlight.all().size();
	}

	/**
	 * The longest lease of the jobs in hand.
	 * @param least what to return if none is longer
	 * @return its length
	 */
	public Duration longestLease(Duration least) {
		return this.inFlight.longestLease(least);
	}

	/**
	 * How long the oldest of the jobs has been running, by the clocks of store and
	 * worker.
	 * @param now the worker's time
	 * @return the span, or empty if no job runs
	 */
	public Optional<Duration> oldestRunning(Instant now) {
		return this.inFlight.oldestRunning(now);
	}

	/**
	 * What is wrong with the JVM, so far as handlers have met it.
	 * @return the error that means it, or empty
	 */
	public Optional<String> damage() {
		return this.handlers.damage();
	}

	WorkerId worker() {
		return this.worker;
	}

	void forget(Execution execution) {
		this.inFlight.remove(execution);
	}

	Completer completer() {
		return this.completer;
	}

	Watch watch() {
		return this.watch;
	}

	Reporter reporter() {
		return this.reporter;
	}

}
