package dev.q.testing;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class VirtualClockTests {

	private final VirtualClock clock = new VirtualClock(Instant.EPOCH);

	@Test
	void theClockStandsStillUntilItIsMoved() {
		assertThat(this.clock.instant()).isEqualTo(Instant.EPOCH).isEqualTo(this.clock.instant());

		this.clock.advance(Duration.ofSeconds(5));
		this.clock.advance(Duration.ofNanos(1));

		assertThat(this.clock.instant()).isEqualTo(Instant.ofEpochSecond(5, 1));
	}

	@Test
	void theClockDoesNotMoveBack() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.clock.advance(Duration.ofNanos(-1)));
		assertThat(this.clock.instant()).isEqualTo(Instant.EPOCH);
	}

}
