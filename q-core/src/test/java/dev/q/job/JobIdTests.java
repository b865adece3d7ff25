package dev.q.job;

import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JobIdTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void aTimeOrderedIdIsAUuidOfVersion7ThatTellsItsTime() {
		UUID id = JobId.timeOrdered(NOW, -1, -1).value();

		assertThat(id.version()).isEqualTo(7);
		assertThat(id.variant()).isEqualTo(2);
		assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
	}

	@Test
	void idsSortByTimeThenByCounterThenByChance() {
		JobId first = JobId.timeOrdered(NOW, 1, 5);

		assertThat(first).isLessThan(JobId.timeOrdered(NOW.plusMillis(1), 0, 0));
		assertThat(first).isLessThan(JobId.timeOrdered(NOW, 2, 0));
		assertThat(first).isLessThan(JobId.timeOrdered(NOW, 1, 6));
		assertThat(first).isEqualByComparingTo(JobId.timeOrdered(NOW, 1, 5));
	}

	@Test
	void anIdIsReadBackFromItsText() {
		JobId id = JobId.timeOrdered(NOW, 7, 42);

		assertThat(JobId.of(id.toString())).isEqualTo(id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1", "1-1-1-1-1", "01890a5d-ac96-774b-bcce-b302099a805g",
			"01890a5d-ac96-774b-bcce-b302099a80570", "01890a5dxac96x774bxbccexb302099a8057" })
	void aTextThatIsNoIdIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> JobId.of(text))
			.withMessageContaining("A job id is a UUID");
	}

}
