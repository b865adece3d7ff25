package dev.q.attempt;

import java.time.Duration;

import dev.q.loop.EngineThreads;
import dev.q.loop.Loop;
import dev.q.ports.EngineClock;

/**
 * Something that is done once, on a thread of its own.
 */
final class Errand {

	private final Runnable work;

	private final Loop loop;

	Errand(Runnable work, EngineClock clock) {
		this.work = work;
		this.loop = new Loop("errand", this::runOnce, clock);
	}

	/**
	 * Begins. If there is no thread to be had, it is done on the calling one.
	 */
	void start(EngineThreads threads) {
		try {
			threads.start(this.loop);
		}
		// Not only a rejection: a machine that is out of threads says so by an Error.
		catch (Throwable ex) {
			this.work.run();
		}
	}

	private Duration runOnce() {
		this.loop.stop();
		this.work.run();
		return Loop.UNTIL_WOKEN;
	}

}
