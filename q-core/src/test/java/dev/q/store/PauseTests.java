package dev.q.store;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pause}.
 */
class PauseTests {

	private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

	@Test
	void aCutSplitsNoCharacter() {
		String clefs = "\ud834\udd1e".repeat(Pause.MOST_BY);

		assertThat(Pause.of(PauseMode.OUT).by(clefs).by()).isEqualTo(clefs.substring(0, Pause.MOST_BY));
		assertThat(Pause.of(PauseMode.OUT).by("a" + clefs).by()).isEqualTo("a" + clefs.substring(0, Pause.MOST_BY - 2));
		assertThat(Pause.of(PauseMode.OUT).by("half \ud834").by()).isEqualTo("half ?");
	}

	@Test
	void whoResumedIsNotKept() {
		assertThat(new Pause(PauseMode.NONE, "ada", NOW)).isEqualTo(Pause.NONE);
		assertThat(new Pause(PauseMode.OUT, "ada", NOW).then(Pause.NONE.by("grace"), NOW)).isEqualTo(Pause.NONE);
	}

	@Test
	void theSameModeAgainChangesNothing() {
		Pause first = Pause.NONE.then(Pause.of(PauseMode.OUT).by("ada"), NOW);

		assertThat(first).isEqualTo(new Pause(PauseMode.OUT, "ada", NOW));
		assertThat(first.then(Pause.of(PauseMode.OUT).by("grace"), NOW.plusSeconds(1))).isSameAs(first);
		assertThat(first.then(Pause.of(PauseMode.IN), NOW.plusSeconds(1)))
			.isEqualTo(new Pause(PauseMode.IN, "", NOW.plusSeconds(1)));
	}

}
