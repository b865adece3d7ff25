package dev.q.cli.act;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.q.JobRequest;
import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.UniqueKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ByIdTests {

	private static final String UNKNOWN = "01890a5d-ac96-774b-bcce-b302099a8057";

	@ParameterizedTest
	@EnumSource
	void aRetryWaitsForConsentAndThenNamesWhatItLeaves(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId cancelled = cancelled(place, JobRequest.of("scan", "a"));
			JobId ready = place.jobs().enqueue("scan", "b").id();
			String[] ids = { cancelled.toString(), ready.toString(), UNKNOWN };

			Run asked = place.q("retry", ids[0], ids[1], ids[2]);
			Run counted = place.q("retry", ids[0], ids[1], ids[2], "--dry-run");

			assertThat(asked.code()).isEqualTo(2);
			assertThat(asked.out()).isEmpty();
			assertThat(asked.err().lines()).containsExactly("q: 1 job to retry. Nothing was changed: --yes does it");
			assertThat(counted.code()).isZero();
			assertThat(counted.lines()).hasSize(3).startsWith("1 job to retry");
			assertThat(state(place, cancelled)).isEqualTo(JobState.CANCELLED);

			Run done = place.q("retry", ids[0], ids[1], ids[2], ids[0], "--yes");

			assertThat(done.code()).isZero();
			assertThat(done.lines()).containsExactly("1 job to retry", "1 job changed",
					"Not " + ready + ": it is READY, and retry is for jobs that are DEAD or CANCELLED or EXPIRED",
					"Not " + UNKNOWN + ": there is no such job");
			assertThat(state(place, cancelled)).isEqualTo(JobState.READY);
		}
	}

	@ParameterizedTest
	@EnumSource
	void programsLearnWhichJobsWereChanged(Kind kind) {
		try (Place place = Place.on(kind)) {
			String id = place.jobs().enqueue("scan", "a").id().toString();

			JsonNode asked = place.q("delete", "--json", id, UNKNOWN).json();
			JsonNode done = place.q("delete", "--json", id, UNKNOWN, "--yes").json();

			assertThat(asked.path("dryRun").booleanValue()).isTrue();
			assertThat(asked.path("matched").intValue()).isOne();
			assertThat(asked.path("changed").intValue()).isZero();
			assertThat(done.path("action").stringValue()).isEqualTo("delete");
			assertThat(done.path("dryRun").booleanValue()).isFalse();
			assertThat(done.path("changed").intValue()).isOne();
			assertThat(done.path("ids").path(0).stringValue()).isEqualTo(id);
			assertThat(done.at("/unchanged/0/id").stringValue()).isEqualTo(UNKNOWN);
			assertThat(done.at("/unchanged/0/why").stringValue()).isEqualTo("there is no such job");
			assertThat(place.admin().find(JobId.of(id))).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aReasonIsKeptAndDrivesNoTerminal(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId id = place.jobs().enqueue("scan", "a").id();

			Run run = place.q("cancel", id.toString(), "--reason", Wicked.TEXT, "--yes");

			assertThat(run.lines()).containsExactly("1 job to cancel", "1 job changed");
			assertThat(place.admin().find(id).orElseThrow().cancelReason()).startsWith("red\ufffd[31m")
				.doesNotContain("\u001b", "\u009b");
			Wicked.assertHarmless(run);
			Wicked.assertHarmless(place.q("show", id.toString()));
			Wicked.assertHarmless(place.q("show", id.toString(), "--json"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatCanBeTakenBackNeedsNoConsent(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId id = place.jobs().enqueue(JobRequest.of("scan", "a").with((o) -> o.in(Duration.ofHours(1)))).id();

			assertThat(place.q("hold", id.toString()).lines()).containsExactly("1 job to hold", "1 job changed");
			assertThat(place.admin().find(id).orElseThrow().job().isHeld()).isTrue();
			assertThat(place.q("hold", id.toString()).lines()).contains("Not " + id + ": it is on hold already");
			assertThat(place.q("release", id.toString()).code()).isZero();
			assertThat(state(place, id)).isEqualTo(JobState.READY);
			assertThat(place.q("hold", id.toString(), "--dry-run").lines()).containsExactly("1 job to hold");
			assertThat(place.q("hold", id.toString()).code()).isZero();
			assertThat(place.q("run-now", id.toString(), "--json").json().path("action").stringValue())
				.isEqualTo("runNow");
			assertThat(place.q("run-now", id.toString()).code()).isOne();
			assertThat(state(place, id)).isEqualTo(JobState.READY);
		}
	}

	@ParameterizedTest
	@EnumSource
	void nothingThatCouldBeChangedIsAFailure(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId loser = cancelled(place, withKey("k"));
			place.jobs().enqueue(withKey("k"));

			Run taken = place.q("retry", loser.toString(), "--yes");
			Run unknown = place.q("delete", UNKNOWN);

			assertThat(taken.code()).isOne();
			assertThat(taken.lines()).contains("0 jobs changed", "Not " + loser + ": another job has its unique key");
			assertThat(unknown.code()).isOne();
			assertThat(unknown.lines()).contains("Not " + UNKNOWN + ": there is no such job");
		}
	}

	@ParameterizedTest
	@EnumSource
	void idsComeFromAnotherProgram(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId first = place.jobs().enqueue("scan", "a").id();
			JobId second = place.jobs().enqueue("scan", "b").id();

			Run run = place.fed(first + "\r\n\n  " + second + " \n", "cancel", "-", "--yes");

			assertThat(run.lines()).containsExactly("2 jobs to cancel", "2 jobs changed");
			assertThat(state(place, second)).isEqualTo(JobState.CANCELLED);
			assertThat(place.admin().find(second).orElseThrow().cancelReason()).isEqualTo("by the command line");
		}
	}

	@Test
	void anInputWithoutIdsOrWithOthersIsRefusedByItsLine() {
		assertRefused("\n\n", "one a line", "retry", "-");
		assertRefused(UNKNOWN + "\nred\u001b[31m\n", "Line 2 of the standard input", "retry", "-", "--yes");
		assertRefused("x".repeat(300), "Line 1 of the standard input has more than 256 characters", "retry", "-");
	}

	@Test
	void aLineWithoutAnEndIsNotWaitedFor() {
		InputStream endless = new InputStream() {
			@Override
			public int read() {
				return ' ';
			}
		};

		Run run = Place.run(Map.of(), endless, "delete", "-", "--yes");

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).hasLineCount(1).contains("Line 1", "an id has 36");
	}

	@ParameterizedTest
	@ValueSource(strings = { "retry", "cancel", "delete", "hold", "release", "run-now" })
	void whatMakesNoSenseIsRefusedBeforeAnythingIsOpened(String command) {
		assertRefused("", "--all", command);
		assertRefused("", "'red\\u001b[31m'", command, "red\u001b[31m");
		assertRefused("", "not both", command, UNKNOWN, "--queue", "mail");
		assertRefused("", "not both", command, UNKNOWN, "--limit", "5");
		assertRefused("", "Leave one of them out", command, UNKNOWN, "--yes", "--dry-run");
		assertRefused("", "Leave out --all", command, "--state", "scheduled", "--all");
		assertRefused("", "q " + command + " --help", command, "--nonsense");
	}

	private static void assertRefused(String input, String remedy, String... args) {
		InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));

		Run run = Place.run(Map.of(), in, args);

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.out()).isEmpty();
		assertThat(run.err()).hasLineCount(1).contains(remedy);
		Wicked.assertHarmless(run);
	}

	private static JobRequest withKey(String key) {
		return JobRequest.of("scan", "a").with((o) -> o.unique(UniqueKey.of(key)));
	}

	private static JobId cancelled(Place place, JobRequest request) {
		JobId id = place.jobs().enqueue(request).id();
		place.admin().cancel(List.of(id), "test");
		return id;
	}

	private static JobState state(Place place, JobId id) {
		return place.admin().find(id).orElseThrow().state();
	}

}
