package dev.q.attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import dev.q.JobContext;
import dev.q.attempt.AttemptEnd.By;
import dev.q.job.DeadReason;
import dev.q.job.Job;
import dev.q.job.Outcome;
import dev.q.job.ReleaseReason;
import dev.q.store.ClaimedJob;
import org.jspecify.annotations.Nullable;

/**
 * One attempt on one thread. It comes to one end only: that of its handler, or one that
 * the engine declares for it.
 *
 * @since 0.1
 */
public final class Execution implements JobContext {

	private final Job job;

	private final HeldLease lease;

	private final HandlerRunner handlers;

	private final AfterAttempt after;

	private final AttemptEnd end = new AttemptEnd();

	private final AtomicReference<StopRequest> stop = new AtomicReference<>(StopRequest.NONE);

	private volatile @Nullable TimeLimit limit;

	// Guarded by this: an interrupt must never hit the next job on the same thread.
	private @Nullable Thread thread;

	Execution(ClaimedJob claimed, long claimSentAt, HandlerRunner handlers, AfterAttempt after) {
		this.job = claimed.job();
		this.lease = new HeldLease(claimed.lease(), claimSentAt);
		this.handlers = handlers;
		this.after = after;
	}

	/**
	 * Runs the job on this thread, if it may still be run, and passes on what became of
	 * it: waits while that finds no room.
	 */
	public void run() {
		Ending ending = Ending.HANDED_BACK;
		if (enter()) {
			LogContext context = LogContext.open(this.job, this.after.worker());
			try {
				ending = this.handlers.run(this);
			}
			finally {
				context.close();
				leave();
			}
		}
		Ending counted = isDueToEngine(ending.outcome()) ? stopped(ending) : ending;
		if (!this.end.isCommitted() && (this.end.come(By.HANDLER) || this.end.isBy(By.HANDLER))) {
			this.after.ended(this, counted);
		}
	}

	@Override
	public Job job() {
		return this.job;
	}

	@Override
	public Optional<Instant> deadline() {
		Instant expiry = this.job.times().expiresAt();
		TimeLimit timeLimit = this.limit;
		if (timeLimit == null || (expiry != null && expiry.isBefore(timeLimit.deadline()))) {
			return Optional.ofNullable(expiry);
		}
		return Optional.of(timeLimit.deadline());
	}

	@Override
	public boolean leaseLost() {
		return !this.lease.isTrusted();
	}

	@Override
	public boolean shouldStop() {
		return isToldToStop() || this.end.isCommitted();
	}

	@Override
	public void completeInCurrentTransaction(@Nullable Object result) {
		this.handlers.complete(this, result);
	}

	@Override
	public Instant heartbeat() {
		return this.after.heartbeat(this);
	}

	HeldLease lease() {
		return this.lease;
	}

	AfterAttempt after() {
		return this.after;
	}

	AttemptEnd end() {
		return this.end;
	}

	/**
	 * Hands a job back that was not run.
	 */
	public void handBack() {
		if (this.end.come(By.ENGINE)) {
			this.after.ended(this, stopped(Ending.HANDED_BACK));
		}
	}

	/**
	 * Hands the job back without waiting for anything, unless the attempt has ended.
	 * @return false if it had
	 */
	public boolean giveUp() {
		boolean first = this.end.come(By.ENGINE);
		if (first) {
			this.after.gaveUp(this, stopped(Ending.HANDED_BACK));
		}
		return first;
	}

	/**
	 * Lets the lease run out.
	 */
	public void letGo() {
		this.lease.letGo();
	}

	/**
	 * Ends the attempt for a handler that does not come back, unless it has ended already
	 * or nobody could take its end in.
	 */
	void abandon() {
		TimeLimit passed = this.limit;
		if (passed != null && this.after.canAbandon() && this.end.come(By.TIMEOUT)) {
			this.after.abandoned(this, this.handlers.timedOut(this, passed, stack()));
		}
	}

	boolean hasEnded() {
		return this.end.hasCome();
	}

	/**
	 * Whether the thread that comes back from this attempt was given up, and its slot
	 * with it.
	 * @return true if the attempt ended before its handler did, by timeout
	 */
	public boolean isAbandoned() {
		return this.end.isBy(By.TIMEOUT);
	}

	void limitTo(TimeLimit timeLimit) {
		this.limit = timeLimit;
		this.after.limited(timeLimit);
	}

	@Nullable TimeLimit limit() {
		return this.limit;
	}

	synchronized boolean isOnThisThread() {
		return Thread.currentThread().equals(this.thread);
	}

	synchronized void interrupt() {
		if (this.thread != null && !this.end.isBy(By.HANDLER)) {
			this.thread.interrupt();
		}
	}

	/**
	 * Ends the attempt for its handler, which has returned, while its transaction is to
	 * be committed: no interrupt may hit that.
	 * @return false if the engine has ended it before
	 */
	synchronized boolean endInTransaction() {
		dropInterrupt();
		return this.end.come(By.HANDLER);
	}

	/**
	 * Whether the engine has interrupted the handler for no fault of the handler.
	 */
	boolean isInterruptedByEngine() {
		return !isTimeUp() && (this.stop.get() == StopRequest.INTERRUPTED || leaseLost());
	}

	void askToStop() {
		// Another thread that stops too may have interrupted it: that must not be
		// forgotten.
		this.stop.compareAndSet(StopRequest.NONE, StopRequest.ASKED);
	}

	void interruptToStop() {
		this.stop.set(StopRequest.INTERRUPTED);
		interrupt();
	}

	private boolean isToldToStop() {
		return this.stop.get() != StopRequest.NONE || leaseLost() || isTimeUp();
	}

	private boolean isTimeUp() {
		TimeLimit timeLimit = this.limit;
		return timeLimit != null && timeLimit.hasPassed();
	}

	/**
	 * A handler that fails after the engine has interrupted it, for no fault of its own,
	 * has not failed by itself.
	 */
	private boolean isDueToEngine(Outcome outcome) {
		boolean failed = outcome instanceof Outcome.Retry
				|| (outcome instanceof Outcome.Dead dead && dead.reason() == DeadReason.EXHAUSTED);
		return failed && isInterruptedByEngine();
	}

	/**
	 * How an attempt ends that the engine stops: the job is handed back, unless it may
	 * have met its handler and may not do so twice.
	 */
	private Ending stopped(Ending ending) {
		return (this.end.hasBegun() && this.job.mayStartOnce())
				? new Ending(Judge.interrupted(ending.outcome()), ending.took()) : Ending.HANDED_BACK;
	}

	/**
	 * Claims the thread for the handler.
	 * @return false if the handler must not run any more: the job was lost or handed back
	 * before it began
	 */
	private synchronized boolean enter() {
		if (leaseLost() || hasEnded() || this.stop.get() == StopRequest.INTERRUPTED) {
			return false;
		}
		this.thread = Thread.currentThread();
		return true;
	}

	private synchronized void leave() {
		this.thread = null;
		dropInterrupt();
	}

	/** What was meant for this handler must not reach what comes after it. */
	private void dropInterrupt() {
		if (Thread.interrupted() && !isToldToStop()) {
			this.after.interrupted();
		}
	}

	private synchronized StackTraceElement[] stack() {
		return (this.thread != null) ? this.thread.getStackTrace() : new StackTraceElement[0];
	}

	/** What the engine wants of a handler when it stops. */
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

		/** Of an attempt that the engine gives up because it stops. */
		static final Ending HANDED_BACK = new Ending(new Outcome.Released(ReleaseReason.SHUTDOWN, Duration.ZERO), null);

	}

}
