package dev.q.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.q.event.JobEvents;
import dev.q.job.JobSpec;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.scene.EngineScene;
import dev.q.store.WorkerInfo;
import dev.q.testing.ManualJobEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FetcherTests {

	private static final QueueName FIRST = new QueueName("first");

	private static final QueueName SECOND = new QueueName("second");

	private final EngineScene scene = new EngineScene();

	private final List<Object> seen = new ArrayList<>();

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void aLaterQueueWaitsUntilTheEarlierOneIsEmpty() {
		this.scene.handle("note", (payload, context) -> this.seen.add(context.job().spec().queue()));
		for (int i = 0; i < 3; i++) {
			enqueue(SECOND);
			enqueue(FIRST);
		}

		try (ManualJobEngine engine = engine(new GroupSettings("test", List.of(FIRST, SECOND), List.of(), 1))) {
			engine.runDueJobs();
		}

		assertThat(this.seen).containsExactly(FIRST, FIRST, FIRST, SECOND, SECOND, SECOND);
	}

	@Test
	void queuesWithoutARankTakeTurns() {
		this.scene.handle("note", (payload, context) -> this.seen.add(context.job().spec().queue()));
		for (int i = 0; i < 2; i++) {
			enqueue(FIRST);
			enqueue(SECOND);
		}

		try (ManualJobEngine engine = engine(new GroupSettings("test", List.of(), List.of(FIRST, SECOND), 1))) {
			engine.runDueJobs();
		}

		assertThat(this.seen).hasSize(4);
		assertThat(this.seen.get(0)).isNotEqualTo(this.seen.get(1));
		assertThat(this.seen.get(1)).isNotEqualTo(this.seen.get(2));
	}

	@Test
	void aWorkerIsInTheRegisterWhileItRuns() {
		GroupSettings group = new GroupSettings("test", List.of(FIRST), List.of(SECOND), 3);
		List<WorkerInfo> during;

		try (ManualJobEngine engine = engine(group)) {
			engine.advance(Duration.ofMinutes(5));
			during = this.scene.store.cluster().workers();
		}

		assertThat(during).singleElement().satisfies((worker) -> {
			assertThat(worker.state()).isEqualTo(WorkerInfo.State.RUNNING);
			assertThat(worker.queues()).containsExactly(FIRST, SECOND);
			assertThat(worker.slots()).isEqualTo(3);
			assertThat(worker.running()).isZero();
		});
		assertThat(this.scene.store.cluster().workers()).isEmpty();
	}

	private ManualJobEngine engine(GroupSettings group) {
		return new ManualJobEngine(this.scene.store, this.scene.runner(), new JobEvents(List.of()),
				EngineSettings.DEFAULT.withGroups(List.of(group)), this.scene.clock);
	}

	private void enqueue(QueueName queue) {
		JobSpec job = this.scene.job("note", "x");
		this.scene.enqueue(JobSpec.of(queue, new TypeName("note"), job.payload()));
	}

}
