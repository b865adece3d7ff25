package dev.q.cli.act;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.job.JobId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the log of the acts says, which is shown with {@code --verbose}. */
class AuditTests {

	@ParameterizedTest
	@EnumSource
	void eachActIsLoggedWithWhoDidIt(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId id = place.jobs().enqueue("scan", "a").id();

			String log = logOf(() -> {
				place.q("cancel", id.toString(), "--reason", Wicked.TEXT, "--yes");
				place.q("retry", "--queue", "default", "--yes");
				place.q("pause", "default");
				place.q("schedules", "pause", "clean");
			});

			assertThat(log.lines().filter((line) -> line.contains("ann: "))).satisfiesExactly(
					(line) -> assertThat(line).contains("cancel (ids=" + id + ", reason=red", "count 1"),
					(line) -> assertThat(line).contains("retry as a dry run", "queue=default", "count 1"),
					(line) -> assertThat(line).contains("retry (", "queue=default", "count 1"),
					(line) -> assertThat(line).contains("pause (queue=default, mode=OUT)"),
					(line) -> assertThat(line).contains("pauseSchedule (schedule=clean), count 0"));
			assertThat(log).doesNotContain("\u001b", "\u009b", "\u202e");
		}
	}

	private static String logOf(Runnable acts) {
		PrintStream before = System.err;
		ByteArrayOutputStream log = new ByteArrayOutputStream();
		System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
		try {
			acts.run();
		}
		finally {
			System.setErr(before);
		}
		return log.toString(StandardCharsets.UTF_8);
	}

}
