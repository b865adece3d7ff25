package dev.q.attempt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.job.Job;
import dev.q.loop.Loop;
import dev.q.ports.EngineClock;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreException;
import dev.q.store.WorkStore;

/**
 * Settles whatever has gathered while the last batch was being written: at low load each
 * job at once, at high load hundreds in one go, without a ticker. When the store fails,
 * the same batch is tried again; nothing is dropped. Only what the store refuses by
 * itself, and always would, is let go: its lease runs out, and the others are settled.
 * When the queue is full, handlers' threads wait.
 */
final class Completer {

	private static final int QUEUE = 2000;

	private static final int BATCH = 500;

	private static final Duration PAUSE_WHEN_BUSY = Duration.ofMillis(50);

	private final WorkStore store;

	private final Retention retention;

	private final InFlight inFlight;

	private final Reporter reporter;

	private final Loop loop;

	// Held while a batch is settled. Guards the batch.
	private final ReentrantLock settling = new ReentrantLock();

	private final BlockingQueue<Ended> queue = new ArrayBlockingQueue<>(QUEUE);

	private final List<Ended> batch = new ArrayList<>(BATCH);

	Completer(WorkStore store, Retention retention, InFlight inFlight, Reporter reporter, EngineClock clock) {
		this.store = store;
		this.retention = retention;
		this.inFlight = inFlight;
		this.reporter = reporter;
		this.loop = new Loop("completer", this::settleOnce, clock);
	}

	Loop loop() {
		return this.loop;
	}

	Retention retention() {
		return this.retention;
	}

	void submit(Execution execution, Execution.Ending ending) {
		if (execution.lease().isLost()) {
			this.inFlight.remove(execution);
			this.reporter.stale(execution, ending.outcome());
			return;
		}
		put(new Ended(execution, ending));
		if (!settleHere() || !this.queue.isEmpty()) {
			this.loop.wake();
		}
	}

	/**
	 * Takes an outcome without waiting for anything: for a thread that must go on. What
	 * finds no room is dropped, and its lease runs out.
	 */
	void offer(Execution execution, Execution.Ending ending) {
		if (this.queue.offer(new Ended(execution, ending))) {
			this.loop.wake();
		}
		else {
			execution.lease().letGo();
		}
	}

	boolean hasRoom() {
		return this.queue.remainingCapacity() > 0;
	}

	/**
	 * Settles what there is for the last time, whether or not the loop bides its time.
	 * Ends when a batch was not settled whole.
	 * @param timeout how long to wait for whoever is settling
	 */
	void settleAtLast(Duration timeout) throws InterruptedException {
		if (this.settling.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
			try {
				do {
					settleBatch();
				}
				while (!this.queue.isEmpty() && this.batch.isEmpty());
			}
			finally {
				this.settling.unlock();
			}
		}
	}

	/**
	 * Settles on the calling thread what has gathered, unless somebody is doing so. The
	 * check of the queue that follows finds what came while this one was under way.
	 * @return false if the loop must do it
	 */
	private boolean settleHere() {
		if (this.loop.failures() > 0 || !this.settling.tryLock()) {
			return false;
		}
		try {
			settleBatch();
			return this.batch.isEmpty();
		}
		catch (Throwable ex) {
			// The loop will meet the same failure, and say so and bide its time.
			return false;
		}
		finally {
			this.settling.unlock();
		}
	}

	private Duration settleOnce() {
		this.settling.lock();
		try {
			return settleBatch();
		}
		finally {
			this.settling.unlock();
		}
	}

	private Duration settleBatch() {
		this.queue.drainTo(this.batch, BATCH - this.batch.size());
		if (this.batch.isEmpty()) {
			return Loop.WATCHFUL;
		}
		List<Ended> asked = List.copyOf(this.batch);
		try {
			take(asked, ask(asked));
		}
		catch (RefusedException ex) {
			settleApart(asked, ex);
		}
		return this.batch.isEmpty() ? Duration.ZERO : PAUSE_WHEN_BUSY;
	}

	/**
	 * Settles each by itself, so that one that cannot be written stands in nobody's way.
	 * Whom an outage keeps from being asked stays in the batch.
	 */
	private void settleApart(List<Ended> asked, RefusedException refusal) {
		if (asked.size() == 1) {
			letGo(asked.get(0), refusal);
			return;
		}
		for (Ended ended : asked) {
			List<Ended> alone = List.of(ended);
			try {
				take(alone, ask(alone));
			}
			catch (RefusedException ex) {
				letGo(ended, ex);
			}
		}
	}

	/**
	 * Asks the store.
	 * @throws RefusedException if it will never write this, unlike during an outage
	 */
	private List<LeaseAnswer> ask(List<Ended> asked) {
		List<Settlement> settlements = new ArrayList<>(asked.size());
		for (Ended ended : asked) {
			settlements.add(new Settlement(ended.execution.lease().lease(), ended.ending.outcome()));
		}
		List<LeaseAnswer> answers;
		try {
			answers = this.store.settle(settlements, this.retention);
		}
		catch (RuntimeException ex) {
			// What is not said in the terms of stores is a fault, and no outage.
			boolean outage = ex instanceof StoreException && !StoreException.isRefusal(ex);
			throw outage ? ex : new RefusedException(ex);
		}
		StoreException.requireAnswers("settlements", settlements.size(), answers.size());
		return answers;
	}

	/** Takes the answers for the first ones of the batch. */
	private void take(List<Ended> asked, List<LeaseAnswer> answers) {
		this.batch.subList(0, asked.size()).clear();
		for (int i = 0; i < asked.size(); i++) {
			if (answers.get(i) == LeaseAnswer.BUSY) {
				this.batch.add(asked.get(i));
			}
			else {
				this.inFlight.remove(asked.get(i).execution);
			}
		}
		for (int i = 0; i < asked.size(); i++) {
			report(asked.get(i), answers.get(i));
		}
	}

	/** Gives the first one of the batch up, and nobody renews its lease any more. */
	private void letGo(Ended ended, RefusedException refusal) {
		this.batch.remove(0);
		this.inFlight.remove(ended.execution);
		this.reporter.unsettled(ended.execution, ended.ending.outcome(), refusal.reason);
	}

	private void report(Ended ended, LeaseAnswer answer) {
		if (answer == LeaseAnswer.APPLIED) {
			this.reporter.settled(ended.execution, ended.ending);
		}
		else if (answer == LeaseAnswer.LOST) {
			this.reporter.lost(ended.execution);
			this.reporter.stale(ended.execution, ended.ending.outcome());
		}
		else if (answer == LeaseAnswer.REFUSED) {
			this.reporter.unsettled(ended.execution, ended.ending.outcome(), refusal(ended.execution.job()));
		}
	}

	static StoreException refusal(Job job) {
		return StoreException.refusal(
				"The store does not write what became of job %s: it does not take that, or what it holds of the job is damaged"
					.formatted(job.id()),
				null);
	}

	/**
	 * Waits for room however often the thread is interrupted: an outcome must not get
	 * lost because somebody wants the handler to stop.
	 */
	private void put(Ended ended) {
		boolean interrupted = false;
		while (true) {
			try {
				this.queue.put(ended);
				break;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * An attempt and how it ended.
	 */
	private record Ended(Execution execution, Execution.Ending ending) {
	}

	/**
	 * A store that answers, but does not write what it was asked to.
	 */
	private static final class RefusedException extends RuntimeException {

		private final RuntimeException reason;

		RefusedException(RuntimeException reason) {
			super(reason);
			this.reason = reason;
		}

	}

}
