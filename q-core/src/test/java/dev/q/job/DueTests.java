package dev.q.job;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DueTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void aDelayCountsFromTheStoresTime() {
		assertThat(Due.in(Duration.ofMillis(1)).from(NOW)).isEqualTo(NOW.plusMillis(1));
	}

	@Test
	void noDelayAndNegativeDelaysMeanNow() {
		assertThat(Due.in(Duration.ZERO)).isEqualTo(Due.NOW);
		assertThat(Due.in(Duration.ofDays(-1))).isEqualTo(Due.NOW);
		assertThat(Due.NOW.from(NOW)).isEqualTo(NOW);
	}

	@Test
	void anInstantThatHasPassedMeansNow() {
		assertThat(Due.at(NOW.minusSeconds(1)).from(NOW)).isEqualTo(NOW);
		assertThat(Due.at(Instant.MIN).from(NOW)).isEqualTo(NOW);
		assertThat(Due.at(NOW.plusSeconds(1)).from(NOW)).isEqualTo(NOW.plusSeconds(1));
	}

	@Test
	void aTimeThatNoStoreCanHoldIsRefused() {
		assertThat(Due.at(Due.LATEST).from(NOW)).isEqualTo(Due.LATEST);
		assertThatIllegalArgumentException().isThrownBy(() -> Due.at(Instant.MAX).from(NOW))
			.withMessageContaining("9999-12-31");
		assertThatIllegalArgumentException().isThrownBy(() -> Due.in(Duration.ofSeconds(Long.MAX_VALUE)).from(NOW))
			.withMessageContaining("9999-12-31");
	}

}
