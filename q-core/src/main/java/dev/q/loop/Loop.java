package dev.q.loop;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import dev.q.ports.EngineClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats one step of a service, with a rest between that a wake-up ends. Wake-ups
 * coalesce, and one that comes during a step counts for the rest after it, so none is
 * missed. A step that throws is repeated after a pause that grows up to two seconds: a
 * loop ends when it is stopped and for no other reason. Of a row of failures the first is
 * logged loudly, and the end of the row once.
 *
 * @since 0.1
 */
public final class Loop {

	/** Rest until somebody wakes the loop. */
	public static final Duration UNTIL_WOKEN = Duration.ofDays(365);

	/**
	 * Rest of a loop that is woken for its work, and whose work others do too: so often
	 * it comes to see whether one of them hangs in the store, and is stuck then like
	 * them.
	 */
	public static final Duration WATCHFUL = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(Loop.class);

	private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

	private final String name;

	private final Step step;

	private final EngineClock clock;

	private final AtomicBoolean woken = new AtomicBoolean();

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile boolean stopped;

	private volatile @Nullable Thread runner;

	private volatile Rest rest;

	/**
	 * Makes a loop that somebody has yet to run.
	 * @param name what people call it; a short one
	 * @param step what to repeat
	 * @param clock times the rests
	 */
	public Loop(String name, Step step, EngineClock clock) {
		this.name = name;
		this.step = step;
		this.clock = clock;
		this.rest = new Rest(clock.nanoTime(), 0);
	}

	/**
	 * What people call this loop.
	 * @return a short name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Repeats the step on the calling thread until the loop is stopped.
	 */
	public void run() {
		this.runner = Thread.currentThread();
		try {
			while (!this.stopped) {
				step();
				awaitDue();
			}
		}
		finally {
			this.runner = null;
			this.ended.countDown();
		}
	}

	/**
	 * Does one step, whether or not it is due. Throws nothing.
	 */
	public void step() {
		this.woken.set(false);
		int failures = this.rest.failures;
		this.rest = new Rest(this.clock.nanoTime(), failures);
		try {
			Duration pause = this.step.runOnce();
			if (failures > 0) {
				logger.info("{} works again after {} failures", this.name, failures);
			}
			this.rest = restFor(pause, 0);
		}
		catch (Throwable ex) {
			this.rest = restFor(pauseAfter(failures), failures + 1);
			tryToLog(ex, failures + 1);
		}
	}

	/**
	 * Whether the rest is over: its time has passed, or somebody has woken the loop. A
	 * loop that pauses after a failure is not woken early.
	 * @return true if {@link #step()} should be called
	 */
	public boolean isDue() {
		return !this.stopped && ((this.woken.get() && this.rest.failures == 0) || nanosLeft() <= 0);
	}

	/**
	 * How long the rest lasts if nobody ends it.
	 * @return zero or more
	 */
	public Duration timeLeft() {
		return Duration.ofNanos(Math.max(0, nanosLeft()));
	}

	/**
	 * For how long the step that is under way, or that should be, has not come to an end.
	 * @return zero while the loop rests
	 */
	public Duration overdue() {
		return this.stopped ? Duration.ZERO : Duration.ofNanos(Math.max(0, -nanosLeft()));
	}

	/**
	 * Whether the loop has ended though nobody has stopped it.
	 * @return true if its thread is gone
	 */
	public boolean hasDied() {
		return !this.stopped && this.ended.getCount() == 0;
	}

	/**
	 * How often the step has failed in a row.
	 * @return zero if it works
	 */
	public int failures() {
		return this.rest.failures;
	}

	/**
	 * Ends the rest at once, or the one that follows the step under way.
	 */
	public void wake() {
		if (!this.woken.getAndSet(true)) {
			LockSupport.unpark(this.runner);
		}
	}

	/**
	 * Ends the loop after the step that is under way, if any.
	 */
	public void stop() {
		this.stopped = true;
		LockSupport.unpark(this.runner);
	}

	/**
	 * Waits for the end of a loop that was stopped. A loop that does not run has ended.
	 * @param timeout how long to wait at most
	 * @return false if the time was up first
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	public boolean awaitEnd(Duration timeout) throws InterruptedException {
		return this.runner == null || this.ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void awaitDue() {
		while (!this.stopped && !isDue()) {
			LockSupport.parkNanos(this, nanosLeft());
			// Nobody has reason to interrupt a loop; a flag left set would make it spin.
			Thread.interrupted();
		}
	}

	private long nanosLeft() {
		return this.rest.endsAt - this.clock.nanoTime();
	}

	private Rest restFor(Duration pause, int failures) {
		return new Rest(this.clock.nanoTime() + pause.toNanos(), failures);
	}

	private static Duration pauseAfter(int failures) {
		Duration pause = SHORTEST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
		return (pause.compareTo(LONGEST_PAUSE) < 0) ? pause : LONGEST_PAUSE;
	}

	/**
	 * A log that fails, for want of memory or of a disk, must not end the loop.
	 */
	private void tryToLog(Throwable failure, int failures) {
		try {
			log(failure, failures);
		}
		catch (Throwable ex) {
			failure.addSuppressed(ex);
		}
	}

	private void log(Throwable ex, int failures) {
		if (failures == 1) {
			logger.warn("{} failed, and will be tried again until it works", this.name, ex);
		}
		else {
			logger.debug("{} failed {} times in a row", this.name, failures, ex);
		}
	}

	/**
	 * One step of a service.
	 */
	@FunctionalInterface
	public interface Step {

		/**
		 * Does what there is to do.
		 * @return how long to rest at most; zero when there may be more to do
		 */
		Duration runOnce();

	}

	/**
	 * Until when the loop rests, by the engine's nanoseconds, and after how many failures
	 * in a row.
	 */
	private record Rest(long endsAt, int failures) {
	}

}
