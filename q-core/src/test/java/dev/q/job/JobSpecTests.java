package dev.q.job;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JobSpecTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private final JobSpec spec = JobSpec.of(QueueName.DEFAULT, new TypeName("t"), Payload.EMPTY);

	@ParameterizedTest
	@ValueSource(ints = { -1, 10, Integer.MAX_VALUE })
	void aPriorityOutsideZeroToNineIsRefused(int priority) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.spec.withPriority(priority))
			.withMessageContaining("0 (first) to 9 (last)")
			.withMessageContaining(String.valueOf(priority));
	}

	@Test
	void aSpecDoesNotChangeWithTheMapItWasMadeOf() {
		Map<String, String> headers = new HashMap<>(Map.of("a", "1"));
		JobSpec annotated = this.spec.annotated(Set.of("tag"), headers);

		headers.put("b", "2");

		assertThat(annotated.headers()).containsOnly(Map.entry("a", "1"));
	}

	@Test
	void headersMayHaveEightKibInAllAndNotOneCharacterMore() {
		Map<String, String> most = Map.of("a", "x".repeat(JobSpec.MAX_HEADERS - 1));
		Map<String, String> tooMuch = Map.of("a", "x".repeat(JobSpec.MAX_HEADERS));

		assertThat(this.spec.annotated(Set.of(), most).headers()).isEqualTo(most);
		assertThatIllegalArgumentException().isThrownBy(() -> this.spec.annotated(Set.of(), tooMuch))
			.withMessageContaining("8192")
			.withMessageContaining("8193")
			.withMessageNotContaining("xxx");
	}

	@Test
	void tagsAndHeaderNamesFollowTheRuleOfNames() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.spec.annotated(Set.of("a b"), Map.of()))
			.withMessageContaining("A tag");
		assertThatIllegalArgumentException().isThrownBy(() -> this.spec.annotated(Set.of(), Map.of("", "x")))
			.withMessageContaining("A header name");
	}

	@Test
	void limitsOutOfRangeAreRefused() {
		JobLimits limits = JobLimits.DEFAULT;

		assertThatIllegalArgumentException().isThrownBy(() -> limits.withMaxAttempts(0));
		assertThatIllegalArgumentException().isThrownBy(() -> limits.withMaxCrashes(0));
		assertThatIllegalArgumentException().isThrownBy(() -> limits.withLease(Duration.ofMillis(999)));
		assertThatIllegalArgumentException().isThrownBy(() -> limits.withLease(Duration.ofHours(24).plusMillis(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> limits.expiring(Duration.ZERO, null));
	}

	@Test
	void theEarlierOfTimeToLiveAndDeadlineCounts() {
		Instant soon = NOW.plusSeconds(1);
		Duration later = Duration.ofSeconds(2);

		assertThat(JobLimits.DEFAULT.expiryOf(NOW)).isNull();
		assertThat(JobLimits.DEFAULT.expiring(later, null).expiryOf(NOW)).isEqualTo(NOW.plusSeconds(2));
		assertThat(JobLimits.DEFAULT.expiring(later, soon).expiryOf(NOW)).isEqualTo(soon);
		assertThat(JobLimits.DEFAULT.expiring(null, soon).expiryOf(NOW)).isEqualTo(soon);
	}

	@Test
	void countersAreNeverMerged() {
		JobCounters counters = JobCounters.ZERO.delivered()
			.failed()
			.delivered()
			.crashed()
			.released(ReleaseReason.NACK)
			.released(ReleaseReason.SNOOZE);

		assertThat(counters).isEqualTo(new JobCounters(1, 2, 1, 1, 1));
		assertThat(counters.attempt()).isEqualTo(2);
		assertThat(counters.revived()).isEqualTo(new JobCounters(0, 2, 0, 1, 1));
	}

	@Test
	void outcomesWithNegativeDelaysAreRefused() {
		Duration negative = Duration.ofMillis(-1);

		assertThatIllegalArgumentException().isThrownBy(() -> new Outcome.Retry(negative, JobError.of("t", "m")));
		assertThatIllegalArgumentException().isThrownBy(() -> new Outcome.Released(ReleaseReason.SNOOZE, negative));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Outcome.Released(ReleaseReason.SHUTDOWN, Duration.ofSeconds(1)));
	}

}
