package dev.q.store.memory;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MemorySettingsTests {

	@Test
	void theDefaultsAreTenThousandJobsAndTenMilliseconds() {
		assertThat(MemorySettings.DEFAULT).isEqualTo(new MemorySettings(10_000, Duration.ofMillis(10)));
	}

	@Test
	void aQueueNeedsRoomForAJob() {
		assertThatIllegalArgumentException().isThrownBy(() -> MemorySettings.DEFAULT.withCapacity(0))
			.withMessageContaining("0");
	}

	@Test
	void aWaitForRoomIsBounded() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> MemorySettings.DEFAULT.withOfferTimeout(Duration.ofMillis(-1)))
			.withMessageContaining("PT-0.001S");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> MemorySettings.DEFAULT.withOfferTimeout(Duration.ofSeconds(61)))
			.withMessageContaining("PT1M1S");
	}

}
