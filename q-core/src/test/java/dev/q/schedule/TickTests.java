package dev.q.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

import dev.q.job.Due;
import dev.q.job.JobId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TickTests {

	private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

	@Test
	void theIdOfATickIsAlwaysTheSame() {
		assertThat(new Tick("daily", NOON).id()).isEqualTo(JobId.of("019e830e-1a00-7672-b71e-cf6a39a0fd47"));
	}

	@Test
	void theIdOfATickIsLaidOutAsAnyOther() {
		JobId id = new Tick("daily", NOON).id();

		assertThat(id.value().version()).isEqualTo(7);
		assertThat(id.value().variant()).isEqualTo(2);
		assertThat(id.value().getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli());
	}

	@Test
	void ticksOfOneScheduleOrOfOneTimeDiffer() {
		Set<JobId> ids = new HashSet<>();
		for (int i = 0; i < 10_000; i++) {
			ids.add(new Tick("daily", NOON.plusMillis(i)).id());
			ids.add(new Tick("daily-" + i, NOON).id());
		}

		assertThat(ids).hasSize(20_000);
	}

	@Test
	void withoutJitterAJobIsReadyAtOnce() {
		assertThat(new Tick("daily", NOON).due(Duration.ZERO)).isEqualTo(Due.NOW);
	}

	@Test
	void theJitterOfATickIsAlwaysTheSameAndWithinItsBounds() {
		Duration most = Duration.ofMinutes(10);
		long[] delays = IntStream.range(0, 10_000)
			.mapToObj((i) -> new Tick("daily", NOON.plusSeconds(i)))
			.peek((tick) -> assertThat(tick.due(most)).isEqualTo(tick.due(most)))
			.mapToLong((tick) -> Duration.between(tick.at(), ((Due.At) tick.due(most)).instant()).toMillis())
			.toArray();

		assertThat(delays).hasSize(10_000);
		assertThat(Arrays.stream(delays).min().orElseThrow()).isNotNegative();
		assertThat(Arrays.stream(delays).max().orElseThrow()).isLessThanOrEqualTo(most.toMillis());
		for (int minute = 0; minute < 10; minute++) {
			int each = minute;
			assertThat(Arrays.stream(delays).filter((delay) -> delay / 60_000 == each).count()).as("in minute %d", each)
				.isBetween(800L, 1200L);
		}
	}

}
