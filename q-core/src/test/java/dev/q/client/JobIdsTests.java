package dev.q.client;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import dev.q.job.JobId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

class JobIdsTests {

	private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

	private final AtomicLong time = new AtomicLong(START);

	private final InstantSource clock = () -> Instant.ofEpochMilli(this.time.get());

	private final JobIds ids = new JobIds(this.clock, new Random(1));

	@Test
	void anIdIsAUuidOfVersionSevenWithTheTimeInIt() {
		JobId id = this.ids.next();

		assertThat(id.value().version()).isEqualTo(7);
		assertThat(id.value().variant()).isEqualTo(2);
		assertThat(millis(id)).isEqualTo(START);
	}

	@Test
	void idsRiseWhileTheClockStandsStill() {
		List<JobId> made = Stream.generate(this.ids::next).limit(20_000).toList();

		assertThat(made).isSorted().doesNotHaveDuplicates();
		assertThat(millis(made.get(4095))).isEqualTo(START);
		assertThat(millis(made.get(4096))).isEqualTo(START + 1);
	}

	@Test
	void idsRiseWhenTheClockStepsBack() {
		JobId before = this.ids.next();
		this.time.set(START - 3_600_000);

		JobId after = this.ids.next();

		assertThat(after).isGreaterThan(before);
		assertThat(millis(after)).isEqualTo(START);
	}

	@Test
	void idsFollowTheClockAgainOnceItHasCaughtUp() {
		for (int i = 0; i < 5000; i++) {
			this.ids.next();
		}
		this.time.set(START + 2);

		assertThat(millis(this.ids.next())).isEqualTo(START + 2);
	}

	@Test
	void idsRiseBeforeTheEpoch() {
		this.time.set(-5);

		assertThat(Stream.generate(this.ids::next).limit(3)).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void twoProcessesOfTheSameMillisecondMakeDifferentIds() {
		JobIds other = new JobIds(this.clock, new Random(2));

		assertThat(this.ids.next()).isNotEqualTo(other.next());
	}

	@Test
	@Timeout(60)
	void idsRiseForEachThreadAndNeverRepeat() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		Callable<List<JobId>> make = () -> Stream.generate(this.ids::next).limit(25_000).toList();

		List<JobId> all = new ArrayList<>();
		for (Future<List<JobId>> made : threads.invokeAll(List.of(make, make, make, make))) {
			assertThat(made.get()).isSorted();
			all.addAll(made.get());
		}

		assertThat(all).hasSize(100_000).doesNotHaveDuplicates();
		threads.shutdown();
	}

	private static long millis(JobId id) {
		return id.value().getMostSignificantBits() >>> 16;
	}

}
