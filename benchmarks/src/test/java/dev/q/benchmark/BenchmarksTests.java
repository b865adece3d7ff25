package dev.q.benchmark;

import java.util.List;

import dev.q.codec.JacksonPayloadCodec;
import dev.q.job.JobState;
import dev.q.store.ClaimedJob;
import dev.q.store.QueueStats;
import dev.q.store.memory.MemoryStore;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One round of each benchmark: what they time is what they say. Nothing is timed here.
 */
class BenchmarksTests {

	private static final int JOBS = 12_000;

	@ParameterizedTest
	@EnumSource
	void aRoundOfTheEngineSettlesEachJobOnce(Kept kept) throws InterruptedException {
		EngineBenchmark benchmark = new EngineBenchmark();
		benchmark.producers = 2;
		benchmark.jobs = JOBS;
		benchmark.kept = kept;
		benchmark.start();

		benchmark.enqueue();
		benchmark.enqueueAll();
		benchmark.stop();

		assertThat(benchmark.tally().claimed()).isEqualTo(2 * JOBS);
		assertThat(benchmark.tally().settled()).isEqualTo(2 * JOBS);
	}

	@ParameterizedTest
	@EnumSource
	void aRoundOfTheStoreLeavesTheBacklogAsItWas(Kept kept) {
		StoreBenchmark benchmark = new StoreBenchmark();
		benchmark.backlog = 1000;
		benchmark.kept = kept;
		benchmark.fill();

		int settled = benchmark.one() + benchmark.hundred();

		QueueStats queue = benchmark.store().catalog().queues().get(0);
		assertThat(settled).isEqualTo(101);
		assertThat(queue.count(JobState.READY)).isEqualTo(1000);
		assertThat(queue.count(JobState.RUNNING)).isZero();
		assertThat(queue.count(JobState.SUCCEEDED)).isEqualTo((kept == Kept.SHIPPED) ? 101 : 0);
	}

	@Test
	void callsOfAStoreHandleAsManyJobsAsTheySay() {
		try (MemoryStore store = Rig.memory(Setting.SHIPPED)) {
			StoreRounds calls = new StoreRounds(store.work(), Rig.queue(1));

			calls.insert(2500);
			List<List<ClaimedJob>> found = calls.claim(16, 2500);
			calls.settle(found);

			QueueStats queue = store.catalog().queues().get(0);
			assertThat(found).hasSize(157).last().asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(4);
			assertThat(queue.count(JobState.SUCCEEDED)).isEqualTo(2500);
		}
	}

	@Test
	void aRoundOfThePoolRunsEachTaskOnce() throws InterruptedException {
		PoolBenchmark benchmark = new PoolBenchmark();
		benchmark.producers = 2;
		benchmark.jobs = JOBS;
		benchmark.start();

		benchmark.bare();
		benchmark.json();
		benchmark.stop();

		assertThat(benchmark.completed()).isEqualTo(2 * JOBS);
	}

	@Test
	void thePayloadHasAboutAHundredBytes() {
		assertThat(JacksonPayloadCodec.standard().encode(Mail.of(4711)).size()).isBetween(90, 110);
	}

}
