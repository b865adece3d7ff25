package dev.q.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.q.admin.explain.Explainer;
import dev.q.admin.explain.Surroundings;
import dev.q.event.JobEvents;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.loop.PlatformThreads;
import dev.q.ports.SharedRandom;
import dev.q.ports.SystemClock;
import dev.q.scene.EngineScene;
import dev.q.store.ClaimedJob;
import dev.q.store.WorkerInfo;
import dev.q.testing.ManualJobEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Queues of which one job at a time runs, worked by more than one engine.
 */
class ExclusiveQueueTests {

	private static final QueueName OTHER = new QueueName("other");

	private final EngineScene scene = new EngineScene();

	private final List<Object> ran = new ArrayList<>();

	@AfterEach
	void close() {
		this.scene.close();
	}

	static Stream<QueueOrder> orders() {
		List<QueueName> queues = List.of(OTHER, EngineScene.QUEUE);
		return Stream.of(new QueueOrder.Strict(queues), new QueueOrder.RoundRobin(queues),
				new QueueOrder.Weighted(Map.of(OTHER, 3, EngineScene.QUEUE, 1)));
	}

	@ParameterizedTest
	@MethodSource("orders")
	void allJobsRunInTheirOrderWhateverTheGroupIsLike(QueueOrder order) {
		this.scene.handle("note", (payload, context) -> {
			if (context.job().spec().queue().equals(EngineScene.QUEUE)) {
				this.ran.add(payload);
			}
			return null;
		});
		List<Object> expected = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			this.scene.enqueue("note", String.valueOf(i));
			JobSpec job = this.scene.job("note", "other");
			this.scene.enqueue(JobSpec.of(OTHER, new TypeName("note"), job.payload()));
			expected.add(String.valueOf(i));
		}

		try (ManualJobEngine first = manual(order); ManualJobEngine second = manual(order)) {
			for (int i = 0; i < 50; i++) {
				first.advance(Duration.ofSeconds(1));
				second.advance(Duration.ofSeconds(1));
			}
		}

		assertThat(this.ran).isEqualTo(expected);
		assertThat(this.scene.store.catalog().queues()).allMatch((queue) -> queue.count(JobState.SUCCEEDED) == 20);
	}

	@Test
	void whileAJobRunsElsewhereAnEngineWaitsAndThenGoesOn() {
		this.scene.handle("note", (payload, context) -> this.ran.add(payload));
		ClaimedJob elsewhere = this.scene.claim(this.scene.job("note", "elsewhere"));
		this.scene.enqueue("note", "here");

		try (ManualJobEngine engine = manual(new QueueOrder.Strict(List.of(EngineScene.QUEUE)))) {
			engine.advance(Duration.ofSeconds(10));
			List<Object> before = List.copyOf(this.ran);
			this.scene.store.control().cancel(List.of(elsewhere.job().id()), "called off");
			engine.advance(Duration.ofSeconds(1));

			assertThat(before).isEmpty();
			assertThat(this.ran).containsExactly("here");
		}
	}

	@Test
	void whatWaitsForAJobElsewhereIsExplainedByIt() {
		ClaimedJob elsewhere = this.scene.claim(this.scene.job("note", "elsewhere"));
		JobId here = this.scene.enqueue("note", "here");

		try (ManualJobEngine engine = manual(new QueueOrder.Strict(List.of(OTHER, EngineScene.QUEUE)))) {
			engine.advance(Duration.ofSeconds(10));

			assertThat(this.scene.store.cluster().workers()).extracting(WorkerInfo::exclusive)
				.containsExactly(Set.of(EngineScene.QUEUE));
			assertThat(new Explainer(this.scene.store).explain(here).reasons())
				.containsExactly(new Surroundings.QueueBusy(EngineScene.QUEUE, elsewhere.job().id(), 1, 0));
		}
	}

	@Test
	void aQueueThatOneGroupOfAWorkerSharesIsNotExclusiveForIt() {
		GroupSettings sharing = new GroupSettings("sharing", List.of(EngineScene.QUEUE), List.of(), 1);

		try (ManualJobEngine engine = new ManualJobEngine(this.scene.store, this.scene.runner(), JobEvents.NONE,
				EngineSettings.DEFAULT
					.withGroups(List.of(exclusive(new QueueOrder.Strict(List.of(EngineScene.QUEUE))), sharing)),
				this.scene.clock)) {
			engine.advance(Duration.ofSeconds(10));

			assertThat(this.scene.store.cluster().workers()).extracting(WorkerInfo::exclusive)
				.containsExactly(Set.of());
		}
	}

	@Test
	void aJobWhoseWorkerDiedHoldsTheQueueUntilItIsTakenOver() {
		this.scene.handle("note", (payload, context) -> this.ran.add(payload));
		this.scene.claim(this.scene.job("note", "first"));
		this.scene.enqueue("note", "second");

		try (ManualJobEngine engine = manual(new QueueOrder.Strict(List.of(EngineScene.QUEUE)))) {
			engine.advance(this.scene.settings().lease().minusSeconds(5));
			List<Object> before = List.copyOf(this.ran);
			engine.advance(Duration.ofSeconds(10));

			assertThat(before).isEmpty();
			assertThat(this.ran).containsExactly("first", "second");
		}
	}

	@Test
	void twoEnginesWithManyThreadsRunOneJobAtATimeInOrderAndWithoutWaits() throws InterruptedException {
		int jobs = 300;
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch all = new CountDownLatch(jobs);
		this.scene.handle("note", (payload, context) -> {
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			synchronized (this.ran) {
				this.ran.add(context.job().id());
			}
			running.decrementAndGet();
			all.countDown();
			return null;
		});
		List<JobId> ids = IntStream.range(0, jobs).mapToObj((i) -> this.scene.enqueue("note", "x")).toList();
		JobEngine first = real();
		JobEngine second = real();

		first.start();
		second.start();
		// A look at every poll alone would take five minutes.
		boolean done = all.await(60, TimeUnit.SECONDS);
		first.stop();
		second.stop();

		assertThat(done).isTrue();
		assertThat(most).hasValue(1);
		assertThat(this.ran).isEqualTo(ids);
	}

	@Test
	void exclusiveQueuesOfOtherGroupsDoNotMatter() {
		GroupSettings group = new GroupSettings("test", List.of(EngineScene.QUEUE), List.of(OTHER), 4);

		assertThat(group.withExclusive(Set.of(OTHER, new QueueName("not-worked-here"))).exclusive())
			.containsExactly(OTHER);
	}

	private GroupSettings exclusive(QueueOrder order) {
		return new GroupSettings("test", order, List.of(), 4).withExclusive(Set.of(EngineScene.QUEUE));
	}

	private ManualJobEngine manual(QueueOrder order) {
		return new ManualJobEngine(this.scene.store, this.scene.runner(), new JobEvents(List.of()),
				EngineSettings.DEFAULT.withGroups(List.of(exclusive(order))), this.scene.clock);
	}

	private JobEngine real() {
		EnginePorts ports = new EnginePorts(new SystemClock(), new PlatformThreads(), new SharedRandom());
		GroupSettings group = exclusive(new QueueOrder.Strict(List.of(EngineScene.QUEUE)));
		return new JobEngine(this.scene.store, this.scene.runner(), new JobEvents(List.of()),
				EngineSettings.DEFAULT.withGroups(List.of(group)), ports);
	}

}
