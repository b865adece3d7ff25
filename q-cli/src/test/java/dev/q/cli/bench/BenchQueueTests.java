package dev.q.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import dev.q.JobRequest;
import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.job.QException;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.ClusterStore;
import dev.q.store.WorkerInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BenchQueueTests {

	private final RandomGenerator random = new First();

	@ParameterizedTest
	@EnumSource
	void ofTwoThatDrawTheSameNameAtOnceOneDrawsAgain(Kind kind) {
		try (Place place = Place.on(kind)) {
			List<BenchQueue> rivals = new ArrayList<>();
			ClusterStore cluster = place.store().cluster();
			// It has looked, and says what it takes when the other one has done both.
			ClusterStore slow = new Slow(cluster, () -> {
				if (rivals.isEmpty()) {
					rivals.add(BenchQueue.reserve(place.store().catalog(), cluster, this.random));
				}
			});

			BenchQueue own = BenchQueue.reserve(place.store().catalog(), slow, this.random);

			assertThat(rivals).hasSize(1);
			assertThat(own.name()).isNotEqualTo(rivals.get(0).name());
			assertThat(place.admin().workers()).hasSize(2);
			own.close();
			rivals.get(0).close();
			assertThat(place.admin().workers()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aQueueThatHoldsJobsOrIsWorkedIsNotDrawn(Kind kind) {
		try (Place place = Place.on(kind)) {
			place.jobs().enqueue(JobRequest.of("t", "left").with((options) -> options.queue("q-bench-0")));
			IntStream.range(1, 15).forEach((i) -> work(place, "q-bench-" + Integer.toHexString(i)));

			try (BenchQueue last = reserve(place)) {
				assertThat(last.name()).isEqualTo(new QueueName("q-bench-f"));
				assertThatExceptionOfType(QException.class).isThrownBy(() -> reserve(place))
					.withMessageContaining("All queues from q-bench-0 to q-bench-f")
					.withMessageContaining("Delete those jobs");
			}
		}
	}

	private BenchQueue reserve(Place place) {
		return BenchQueue.reserve(place.store().catalog(), place.store().cluster(), this.random);
	}

	private static void work(Place place, String queue) {
		WorkerInfo worker = new WorkerInfo(new WorkerId("of-" + queue), "host",
				place.store().schedules().due(1).storeTime(), WorkerInfo.State.RUNNING, List.of(new QueueName(queue)),
				Set.of(), 1, 0);
		place.store().cluster().announce(worker, Duration.ofMinutes(10));
	}

	/**
	 * Draws the first of those that there are.
	 */
	private static final class First implements RandomGenerator {

		private final AtomicLong ids = new AtomicLong();

		@Override
		public long nextLong() {
			return this.ids.incrementAndGet();
		}

		@Override
		public int nextInt(int bound) {
			return 0;
		}

	}

	/**
	 * A register that is late.
	 *
	 * @param register the register
	 * @param meanwhile what happens before somebody is in it
	 */
	private record Slow(ClusterStore register, Runnable meanwhile) implements ClusterStore {

		@Override
		public void announce(WorkerInfo worker, Duration timeToLive) {
			this.meanwhile.run();
			this.register.announce(worker, timeToLive);
		}

		@Override
		public void withdraw(WorkerId worker) {
			this.register.withdraw(worker);
		}

		@Override
		public List<WorkerInfo> workers() {
			return this.register.workers();
		}

	}

}
