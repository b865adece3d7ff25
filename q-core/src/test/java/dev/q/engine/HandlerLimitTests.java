package dev.q.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.JobOptions;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.job.JobState;
import dev.q.loop.PlatformThreads;
import dev.q.ports.SharedRandom;
import dev.q.ports.SystemClock;
import dev.q.scene.EngineScene;
import dev.q.scene.Heard;
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

	private final Heard heard = new Heard();

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void ofAHandlerWithALimitNoMoreRunAtOnceAndOthersUseTheSlotsThatAreLeft() throws InterruptedException {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		this.scene.handle("few", 2, JobOptions.NONE, (payload, context) -> {
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			running.decrementAndGet();
			return null;
		}).handle("other", (payload, context) -> null);
		JobEngine engine = new JobEngine(this.scene.store, this.scene.runner(), new JobEvents(List.of(this.heard)),
				this.scene.settings(), new EnginePorts(new SystemClock(), new PlatformThreads(), new SharedRandom()));
		for (int i = 0; i < 40; i++) {
			this.scene.enqueue("few", "x");
		}
		this.scene.enqueue("other", "x");

		engine.start();
		this.heard.await(JobEvent.Succeeded.class, 41);
		engine.stop();

		assertThat(most.get()).isBetween(1, 2);
		assertThat(this.scene.store.catalog().queues().get(0).count(JobState.SUCCEEDED)).isEqualTo(41);
	}

}
