package dev.q.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;

import dev.q.engine.EngineHealth.Kind;
import dev.q.engine.EngineHealth.Problem;
import dev.q.event.JobEvents;
import dev.q.loop.EngineThreads;
import dev.q.loop.Loop;
import dev.q.loop.PlatformThreads;
import dev.q.ports.EngineClock;
import dev.q.scene.EngineScene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An error that ends the thread of a loop, in each loop of the engine: one that comes
 * where the loop itself, and not its step, is at work, so that nothing catches it.
 */
@Timeout(60)
class LoopDeathTests {

	private final EngineScene scene = new EngineScene();

	private final AtomicReference<Thread> victim = new AtomicReference<>();

	private final Started started = new Started();

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void theEngineHasTheseLoops() {
		JobEngine engine = engine();
		engine.start();
		engine.stop();

		assertThat(this.started.loops).extracting(Loop::name)
			.containsExactlyInAnyOrder("completer", "deadlines", "fetcher-test", "health", "leases", "timekeeper",
					"upkeep");
	}

	@TestFactory
	List<DynamicTest> healthIsDownAndSaysWhichLoopHasDied() {
		JobEngine first = engine();
		first.start();
		first.stop();
		return this.started.loops.stream().map(Loop::name).map((name) -> DynamicTest.dynamicTest(name, () -> {
			JobEngine engine = engine();
			engine.start();
			assertThat(engine.health().isUp()).isTrue();

			kill(name);

			EngineHealth health = engine.health();
			assertThat(health.isUp()).isFalse();
			assertThat(health.isReady()).isFalse();
			assertThat(health.problems()).containsExactly(new Problem(Kind.LOOP_DIED, name + " has ended"));
			engine.stop();
		})).toList();
	}

	@Test
	void anEngineThatClaimsNoMoreIsDrainingAndNotReady() {
		JobEngine engine = engine();
		engine.start();
		boolean before = engine.health().isReady();
		engine.stopClaiming();

		assertThat(before).isTrue();
		assertThat(engine.health().draining()).isTrue();
		assertThat(engine.health().isReady()).isFalse();
		assertThat(engine.health().isUp()).isTrue();
		engine.stop();
		assertThat(engine.health().running()).isFalse();
	}

	private void kill(String name) throws InterruptedException {
		Loop loop = this.started.loops.stream()
			.filter((each) -> each.name().equals(name))
			.reduce((one, later) -> later)
			.orElseThrow();
		Thread thread = this.started.threads.get(loop);
		this.victim.set(thread);
		loop.wake();
		thread.join();
		this.victim.set(null);
	}

	private JobEngine engine() {
		EnginePorts ports = new EnginePorts(new DeadlyClock(), this.started, new SplittableRandom(1));
		return new JobEngine(this.scene.store, this.scene.runner(), JobEvents.NONE, this.scene.settings(), ports);
	}

	/**
	 * Throws an error at one thread.
	 */
	private final class DeadlyClock implements EngineClock {

		@Override
		public long nanoTime() {
			if (Thread.currentThread().equals(LoopDeathTests.this.victim.get())) {
				throw new InternalError("drill");
			}
			return LoopDeathTests.this.scene.clock.nanoTime();
		}

		@Override
		public Instant instant() {
			return LoopDeathTests.this.scene.clock.instant();
		}

	}

	/**
	 * Knows the thread of each loop.
	 */
	private static final class Started implements EngineThreads {

		private final List<Loop> loops = new ArrayList<>();

		private final Map<Loop, Thread> threads = new HashMap<>();

		@Override
		public void start(Loop loop) {
			Thread thread = new Thread(loop::run, loop.name());
			thread.setDaemon(true);
			thread.setUncaughtExceptionHandler((dead, error) -> {
			});
			this.loops.add(loop);
			this.threads.put(loop, thread);
			thread.start();
		}

		@Override
		public Pool jobs(String group, int slots) {
			return new PlatformThreads().jobs(group, slots);
		}

	}

}
