package dev.q.test.contract;

import java.util.List;

import dev.q.job.JobId;
import dev.q.store.Pause;
import dev.q.store.PauseMode;
import dev.q.store.QueueStats;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who paused a queue, and since when.
 *
 * @since 0.1
 */
public abstract class PausedByContract extends Theme {

	@Test
	void aPauseShowsWhoSaidSoAndSinceWhen() {
		JobId id = insert(aJob());
		store().control().pause(DEFAULT, Pause.of(PauseMode.OUT).by("ada"));
		Pause expected = new Pause(PauseMode.OUT, "ada", now());
		pass(minutes(1));

		assertThat(stats(DEFAULT).pause()).isEqualTo(expected);
		assertThat(standing(id)).isEqualTo(expected);
		assertThat(secondNode().catalog().queues()).extracting(QueueStats::pause).containsExactly(expected);
	}

	@Test
	void theStoreSetsTheTimeOfAPause() {
		store().control().pause(DEFAULT, new Pause(PauseMode.OUT, "ada", now().minus(days(1))));

		assertThat(stats(DEFAULT).pause().since()).isEqualTo(now());
	}

	@Test
	void whoeverPausedAQueueFirstIsShown() {
		store().control().pause(DEFAULT, Pause.of(PauseMode.OUT).by("ada"));
		Pause first = stats(DEFAULT).pause();
		pass(minutes(1));

		store().control().pause(DEFAULT, Pause.of(PauseMode.OUT).by("grace"));

		assertThat(stats(DEFAULT).pause()).isEqualTo(first);
	}

	@Test
	void whoeverChangesAPauseIsShown() {
		JobId id = insert(aJob());
		store().control().pause(DEFAULT, Pause.of(PauseMode.OUT).by("ada"));
		pass(minutes(1));
		store().control().pause(DEFAULT, Pause.of(PauseMode.ALL).by("grace"));
		Pause second = new Pause(PauseMode.ALL, "grace", now());
		pass(minutes(1));

		assertThat(stats(DEFAULT).pause()).isEqualTo(second);
		assertThat(standing(id)).isEqualTo(second);
		store().control().pause(DEFAULT, PauseMode.IN);
		assertThat(stats(DEFAULT).pause()).isEqualTo(new Pause(PauseMode.IN, "", now()));
	}

	@Test
	void afterAResumeNothingIsLeftOfThePause() {
		JobId id = insert(aJob());
		store().control().pause(DEFAULT, Pause.of(PauseMode.OUT).by("ada"));
		store().control().resume(DEFAULT);

		assertThat(stats(DEFAULT).pause()).isEqualTo(Pause.NONE);
		assertThat(standing(id)).isEqualTo(Pause.NONE);
		pass(minutes(1));
		store().control().pause(DEFAULT, PauseMode.OUT);
		assertThat(stats(DEFAULT).pause()).isEqualTo(new Pause(PauseMode.OUT, "", now()));
	}

	@Test
	void anyNameIsKept() {
		List<String> names = List.of(" ", "quote ' and \" and \\u0041 \\", "line\n\r\tend", "nul \u0000",
				"\u00e9\u4e2d\ud834\udd1e");
		for (String name : names) {
			store().control().pause(DEFAULT, Pause.of(PauseMode.OUT).by(name));

			assertThat(stats(DEFAULT).pause().by()).isEqualTo(name);
			store().control().resume(DEFAULT);
		}
	}

	@Test
	void aLongNameIsCut() {
		JobId id = insert(aJob());
		Pause pause = Pause.of(PauseMode.OUT).by("\ud834\udd1e\\\n\ud800".repeat(100_000));
		store().control().pause(DEFAULT, pause);

		assertThat(stats(DEFAULT).pause().by()).isEqualTo(pause.by()).hasSize(Pause.MOST_BY);
		assertThat(standing(id).by()).isEqualTo(pause.by());
	}

	private Pause standing(JobId id) {
		return store().catalog().standing(DEFAULT, id, 1).orElseThrow().pause();
	}

}
