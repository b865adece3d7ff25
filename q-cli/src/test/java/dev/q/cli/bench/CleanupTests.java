package dev.q.cli.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.q.JobRequest;
import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.job.QueueName;
import dev.q.ports.EngineClock;
import dev.q.store.Retention;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class CleanupTests {

	private static final QueueName QUEUE = new QueueName("q-bench-7");

	private final List<String> notes = new ArrayList<>();

	@ParameterizedTest
	@EnumSource
	void jobsOfTheQueueAreDeletedAndNoOthers(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobRequest request = JobRequest.of("t", "own").with((options) -> options.queue(QUEUE.value()));
			place.jobs().enqueueAll(Collections.nCopies(1200, request));
			place.jobs().enqueue(request.with((options) -> options.in(Duration.ofHours(1))));
			place.admin().cancel(List.of(place.jobs().enqueue(request).id()), "not needed");
			place.jobs().enqueue("t", "other");

			assertThat(new Cleanup(place.store(), upkeep(place), new Steps(1), this.notes::add).run()).isTrue();

			assertThat(this.notes).isEmpty();
			assertThat(place.admin().queues()).filteredOn((queue) -> BenchQueue.jobs(queue) > 0)
				.singleElement()
				.satisfies((queue) -> assertThat(queue.queue()).isEqualTo(QueueName.DEFAULT));
		}
	}

	@ParameterizedTest
	@EnumSource
	void aStoreThatIsAwayIsGivenUpAndTheQueueNamed(Kind kind) {
		try (Place place = Place.on(kind)) {
			place.store().close();

			assertThat(
					new Cleanup(place.store(), upkeep(place), new Steps(Cleanup.MOST.toNanos()), this.notes::add).run())
				.isFalse();

			assertThat(this.notes).singleElement()
				.asString()
				.contains("left in queue q-bench-7")
				.contains("Delete the jobs of that queue");
		}
	}

	private static OwnUpkeep upkeep(Place place) {
		return new OwnUpkeep(QUEUE, place.store().control(), Retention.DEFAULT);
	}

	/**
	 * A clock that moves by each look.
	 */
	private static final class Steps implements EngineClock {

		private final long step;

		private final AtomicLong now = new AtomicLong();

		Steps(long step) {
			this.step = step;
		}

		@Override
		public long nanoTime() {
			return this.now.addAndGet(this.step);
		}

		@Override
		public Instant instant() {
			return Instant.EPOCH;
		}

	}

}
