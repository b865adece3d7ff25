package dev.q.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.q.JobContext;
import dev.q.job.DeadReason;
import dev.q.job.Job;
import dev.q.job.Outcome;
import dev.q.job.ReleaseReason;
import dev.q.store.ClaimedJob;
import dev.q.store.Lease;
import org.jspecify.annotations.Nullable;

/**
 * One attempt on one thread. It comes to one end only: that of its handler, or one that
 * the engine declares for it.
 */
final class Execution implements JobContext {

	private final ClaimedJob claimed;

	private final HandlerRunner handlers;

	private final Sink sink;

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile long leasedSince;

	private volatile boolean lost;

	private volatile StopRequest stop = StopRequest.NONE;

	// Guarded by this: an interrupt must never hit the next job on the same thread.
	private @Nullable Thread thread;

	Execution(ClaimedJob claimed, long leasedSince, HandlerRunner handlers, Sink sink) {
		this.claimed = claimed;
		this.leasedSince = leasedSince;
		this.handlers = handlers;
		this.sink = sink;
	}

	void run() {
		Ending ending = Ending.HANDED_BACK;
		if (enter()) {
			ending = this.handlers.run(job(), this);
			leave();
		}
		end(isDueToStop(ending.outcome()) ? Ending.HANDED_BACK : ending);
	}

	@Override
	public Job job() {
		return this.claimed.job();
	}

	@Override
	public boolean leaseLost() {
		return this.lost;
	}

	@Override
	public boolean shouldStop() {
		return this.lost || this.stop != StopRequest.NONE;
	}

	Lease lease() {
		return this.claimed.lease();
	}

	/**
	 * Ends the attempt, unless it has ended already.
	 */
	void end(Ending ending) {
		end(ending, this.sink);
	}

	/**
	 * Ends the attempt by another way than the usual one, unless it has ended already.
	 */
	void end(Ending ending, Sink way) {
		if (this.ended.compareAndSet(false, true)) {
			way.ended(this, ending);
		}
	}

	boolean hasEnded() {
		return this.ended.get();
	}

	/**
	 * Tells the handler that its job is not its any more.
	 * @return false if it was told before
	 */
	boolean lose() {
		if (this.lost) {
			return false;
		}
		this.lost = true;
		interrupt();
		return true;
	}

	void askToStop() {
		this.stop = StopRequest.ASKED;
	}

	void interruptToStop() {
		this.stop = StopRequest.INTERRUPTED;
		interrupt();
	}

	/**
	 * When the claim or renewal was sent that the lease counts from, by the engine's
	 * nanoseconds.
	 */
	long leasedSince() {
		return this.leasedSince;
	}

	void renewed(long sentAt) {
		this.leasedSince = sentAt;
	}

	/**
	 * A handler that fails after the engine has interrupted it has not failed by itself.
	 */
	private boolean isDueToStop(Outcome outcome) {
		return this.stop == StopRequest.INTERRUPTED && (outcome instanceof Outcome.Retry
				|| (outcome instanceof Outcome.Dead dead && dead.reason() == DeadReason.EXHAUSTED));
	}

	/**
	 * Claims the thread for the handler.
	 * @return false if the handler must not run any more: the job was lost or handed back
	 * before it began
	 */
	private synchronized boolean enter() {
		if (this.lost || hasEnded() || this.stop == StopRequest.INTERRUPTED) {
			return false;
		}
		this.thread = Thread.currentThread();
		return true;
	}

	private synchronized void leave() {
		this.thread = null;
		// What was meant for this handler must not reach the next one.
		Thread.interrupted();
	}

	private synchronized void interrupt() {
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

	/**
	 * What the engine wants of a handler when it stops.
	 */
	private enum StopRequest {

		NONE, ASKED, INTERRUPTED

	}

	/**
	 * How an attempt ended.
	 *
	 * @param outcome what became of it
	 * @param took how long its handler ran, or null if none did
	 */
	record Ending(Outcome outcome, @Nullable Duration took) {

		/**
		 * Of an attempt that the engine gives up because it stops.
		 */
		static final Ending HANDED_BACK = new Ending(new Outcome.Released(ReleaseReason.SHUTDOWN, Duration.ZERO), null);

	}

	/**
	 * Where attempts go when they have ended.
	 */
	@FunctionalInterface
	interface Sink {

		void ended(Execution execution, Ending ending);

	}

}
