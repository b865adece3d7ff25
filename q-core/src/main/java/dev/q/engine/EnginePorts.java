package dev.q.engine;

import java.util.random.RandomGenerator;

import dev.q.job.WorkerId;
import dev.q.loop.EngineThreads;
import dev.q.ports.EngineClock;

/**
 * What the engine takes from the world outside, so that a test can put a world of its own
 * in its place.
 *
 * @param clock its time
 * @param threads its threads
 * @param random its chance; safe for use by many threads
 * @since 0.1
 */
public record EnginePorts(EngineClock clock, EngineThreads threads, RandomGenerator random) {

	/**
	 * A name for a worker that begins, as good as unique.
	 */
	WorkerId newWorker() {
		return new WorkerId("w-%016x".formatted(this.random.nextLong()));
	}

}
