package dev.q.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.q.JobOptions;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.loop.EngineThreads;
import dev.q.loop.Loop;
import dev.q.loop.PlatformThreads;
import dev.q.ports.SharedRandom;
import dev.q.ports.SystemClock;
import dev.q.scene.EngineScene;
import dev.q.scene.Heard;
import dev.q.store.WorkerInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The engine on real threads: what only they can show.
 */
@Timeout(60)
class RealThreadsTests {

	private final EngineScene scene = new EngineScene();

	private final Heard heard = new Heard();

	private final CountDownLatch started = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.release.countDown();
		this.scene.close();
	}

	@Test
	void manyJobsRunOnceEach() throws InterruptedException {
		int jobs = 10_000;
		ConcurrentHashMap<Object, AtomicInteger> runs = new ConcurrentHashMap<>();
		this.scene.handle("count", Integer.class, (payload, context) -> {
			runs.computeIfAbsent(String.valueOf(payload), (key) -> new AtomicInteger()).incrementAndGet();
			return null;
		});
		JobEngine engine = engine(Duration.ofSeconds(20));

		engine.start();
		for (int i = 0; i < jobs; i++) {
			this.scene.enqueue("count", i);
		}
		this.heard.await(JobEvent.Succeeded.class, jobs);
		engine.stop();

		assertThat(runs).hasSize(jobs);
		assertThat(runs.values()).allMatch((count) -> count.get() == 1);
		assertThat(this.scene.store.catalog().queues().get(0).count(JobState.SUCCEEDED)).isEqualTo(jobs);
	}

	@Test
	void asManyHandlersRunAtOnceAsThereAreSlotsAndNoMore() throws InterruptedException {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CyclicBarrier four = new CyclicBarrier(4);
		CountDownLatch all = new CountDownLatch(40);
		this.scene.handle("meet", (payload, context) -> {
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			four.await();
			running.decrementAndGet();
			all.countDown();
			return null;
		});
		JobEngine engine = engine(Duration.ofSeconds(20));
		for (int i = 0; i < 40; i++) {
			this.scene.enqueue("meet", "x");
		}

		engine.start();
		boolean done = all.await(30, TimeUnit.SECONDS);
		engine.stop();

		assertThat(done).isTrue();
		assertThat(most).hasValue(4);
	}

	@Test
	void aHandlerThatBlocksForEverHurtsOnlyItself() throws InterruptedException {
		CountDownLatch hanging = new CountDownLatch(4);
		CountDownLatch fine = new CountDownLatch(20);
		this.scene.handle("hangs", JobOptions.NONE.timeout(Duration.ofMillis(20)), (payload, context) -> {
			hanging.countDown();
			while (!awaitUninterrupted(this.release)) {
				this.started.countDown();
			}
			return null;
		}).handle("fine", (payload, context) -> {
			fine.countDown();
			return null;
		});
		List<JobId> stuck = Stream.generate(() -> this.scene.enqueue("hangs", "x")).limit(4).toList();
		EngineSettings usual = this.scene.settings();
		JobEngine engine = engine(usual.withAbandonment(Duration.ofMillis(10), 10));

		engine.start();
		boolean allHang = hanging.await(30, TimeUnit.SECONDS);
		for (int i = 0; i < 20; i++) {
			this.scene.enqueue("fine", "x");
		}
		boolean allFine = fine.await(30, TimeUnit.SECONDS);
		int given = engine.health().abandonedThreads();
		this.heard.await(JobEvent.Retried.class, 4);
		engine.stop();

		assertThat(allHang).isTrue();
		assertThat(allFine).isTrue();
		assertThat(given).isBetween(1, 4);
		assertThat(stuck).allSatisfy((id) -> assertThat(this.scene.find(id).state()).isEqualTo(JobState.RETRYING));
	}

	@Test
	void aStartThatGetsNoThreadLeavesNothingBehind() {
		List<Loop> started = new ArrayList<>();
		EngineThreads scarce = new EngineThreads() {

			@Override
			public void start(Loop loop) {
				if (started.size() == 3) {
					throw new OutOfMemoryError("unable to create native thread: drill");
				}
				started.add(loop);
			}

			@Override
			public Pool jobs(String group, int slots) {
				return new HandDrivenPool(Runnable::run);
			}

		};
		JobEngine engine = new JobEngine(this.scene.store, this.scene.runner(), new JobEvents(List.of()),
				this.scene.settings(), new EnginePorts(new SystemClock(), scarce, new SharedRandom()));

		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(engine::start);

		assertThat(engine.isRunning()).isFalse();
		assertThat(started).hasSize(3).noneMatch(Loop::isDue);
	}

	@Test
	void aWorkerThatStopsSaysSoWhileItsHandlersFinish() throws InterruptedException {
		BlockingQueue<WorkerInfo> seen = new LinkedBlockingQueue<>();
		this.scene.handle("slow", (payload, context) -> {
			awaitRegistered();
			this.started.countDown();
			while (!context.shouldStop()) {
				Thread.onSpinWait();
			}
			seen.addAll(this.scene.store.cluster().workers());
			return null;
		});
		this.scene.enqueue("slow", "x");
		JobEngine engine = engine(Duration.ofSeconds(20));

		engine.start();
		this.started.await();
		engine.stop();

		assertThat(seen).singleElement().extracting(WorkerInfo::state).isEqualTo(WorkerInfo.State.DRAINING);
	}

	@Test
	void aStopWaitsForAHandlerThatFinishesInTime() throws InterruptedException {
		this.scene.handle("slow", (payload, context) -> {
			this.started.countDown();
			while (!context.shouldStop()) {
				Thread.onSpinWait();
			}
			return "done";
		});
		JobId id = this.scene.enqueue("slow", "x");
		JobEngine engine = engine(Duration.ofSeconds(20));

		engine.start();
		this.started.await();
		engine.stop();

		assertThat(this.scene.find(id).state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(engine.isRunning()).isFalse();
	}

	@Test
	void aHandlerThatDoesNotFinishIsInterruptedAndItsJobHandedBackUncounted() throws InterruptedException {
		this.scene.handle("endless", (payload, context) -> {
			this.started.countDown();
			this.release.await();
			return null;
		});

		assertHandedBack(stopWhileRunning("endless"));
	}

	@Test
	void aHandlerThatIgnoresInterruptsDoesNotHoldUpTheStop() throws InterruptedException {
		this.scene.handle("deaf", (payload, context) -> {
			this.started.countDown();
			while (this.release.getCount() > 0) {
				Thread.onSpinWait();
			}
			return null;
		});

		assertHandedBack(stopWhileRunning("deaf"));
	}

	@Test
	void anEngineMayBeStartedAndStoppedAgainAndAgain() throws InterruptedException {
		this.scene.handle("count", (payload, context) -> null);
		JobEngine engine = engine(Duration.ofSeconds(20));

		for (int i = 0; i < 3; i++) {
			engine.start();
			engine.start();
			this.scene.enqueue("count", "x");
			this.heard.await(JobEvent.Succeeded.class, 1);
			awaitRegistered();
			engine.stop();
			engine.stop();

			assertThat(this.scene.store.cluster().workers()).isEmpty();
		}
	}

	private JobDetails stopWhileRunning(String type) throws InterruptedException {
		JobId id = this.scene.enqueue(type, "x");
		JobEngine engine = engine(Duration.ZERO);
		engine.start();
		this.started.await();
		engine.stop();
		this.heard.await(JobEvent.Released.class, 1);
		return this.scene.find(id);
	}

	private JobEngine engine(Duration shutdownTimeout) {
		EngineSettings usual = this.scene.settings();
		EngineSettings settings = usual.withShutdownTimeout(shutdownTimeout);
		return engine(settings);
	}

	private JobEngine engine(EngineSettings settings) {
		EnginePorts ports = new EnginePorts(new SystemClock(), new PlatformThreads(), new SharedRandom());
		return new JobEngine(this.scene.store, this.scene.runner(), new JobEvents(List.of(this.heard)), settings,
				ports);
	}

	/** From then on it is long until the worker says by itself how it fares. */
	private void awaitRegistered() {
		while (this.scene.store.cluster().workers().isEmpty()) {
			Thread.onSpinWait();
		}
	}

	private static boolean awaitUninterrupted(CountDownLatch latch) {
		try {
			latch.await();
			return true;
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

	private static void assertHandedBack(JobDetails job) {
		assertThat(job.state()).isEqualTo(JobState.READY);
		assertThat(job.job().counters().failures()).isZero();
		assertThat(job.job().counters().releases()).isEqualTo(1);
	}

}
