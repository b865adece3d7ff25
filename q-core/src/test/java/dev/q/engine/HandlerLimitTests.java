package dev.q.engine;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.JobOptions;
import dev.q.event.JobEvents;
import dev.q.job.JobState;
import dev.q.loop.PlatformThreads;
import dev.q.ports.SharedRandom;
import dev.q.ports.SystemClock;
import dev.q.scene.EngineScene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A handler with a limit in an engine with more slots than that.
 */
@Timeout(60)
class HandlerLimitTests {

	private final EngineScene scene = new EngineScene();

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void ofAHandlerWithALimitNoMoreRunAtOnceAndOthersUseTheSlotsThatAreLeft() throws InterruptedException {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch all = new CountDownLatch(41);
		this.scene.handle("few", 2, JobOptions.NONE, (payload, context) -> {
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			running.decrementAndGet();
			all.countDown();
			return null;
		}).handle("other", (payload, context) -> {
			all.countDown();
			return null;
		});
		JobEngine engine = new JobEngine(this.scene.store, this.scene.runner(), new JobEvents(List.of()),
				this.scene.settings(), new EnginePorts(new SystemClock(), new PlatformThreads(), new SharedRandom()));
		for (int i = 0; i < 40; i++) {
			this.scene.enqueue("few", "x");
		}
		this.scene.enqueue("other", "x");

		engine.start();
		boolean done = all.await(30, TimeUnit.SECONDS);
		engine.stop();

		assertThat(done).isTrue();
		assertThat(most.get()).isBetween(1, 2);
		assertThat(this.scene.store.catalog().queues().get(0).count(JobState.SUCCEEDED)).isEqualTo(41);
	}

}
