package dev.q.cli.look;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.q.JobRequest;
import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.job.DeadReason;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.Outcome;
import dev.q.job.Payload;
import dev.q.job.StoredResult;
import dev.q.job.UniqueKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ShowCommandTests {

	@ParameterizedTest
	@EnumSource
	void aJobIsShownWithItsAttemptsAndWhyItStandsWhereItStands(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId id = dead(place);

			Run run = place.q("show", id.toString());

			assertThat(run.code()).isZero();
			assertThat(run.err()).isEmpty();
			assertThat(run.out()).containsPattern("(?m)^queue +default$")
				.containsPattern("(?m)^tags +a, b$")
				.containsPattern("(?m)^unique key +invoice-7$")
				.containsPattern("(?m)^state +DEAD$")
				.containsPattern("(?m)^attempt +3/4$")
				.containsPattern("(?m)^counters +claims 2, failures 2, crashes 0")
				.containsPattern("(?m)^timeout +PT1M$")
				.containsPattern("(?m)^finished +\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$")
				.containsPattern("(?m)^dead reason +PERMANENT$")
				.containsPattern("(?m)^last error +java.lang.IllegalStateException: no such customer$")
				.containsPattern("(?m)^payload +application/json, \\d+ bytes, version 1$")
				.containsPattern("(?m)^ +1 +FAILED +worker-1 +\\S+Z +\\S+Z +java.io.IOException: line is busy$")
				.containsPattern("(?m)^ +2 +DEAD +worker-1 ")
				.contains("Explanation:\n  Job " + id)
				.doesNotContain("secret", "Headers", "\tat ", "    at ");
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatUsersWroteIsShownIfItIsWishedFor(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId id = dead(place);

			Run run = place.q("show", id.toString(), "--payload");

			assertThat(run.out()).contains("Payload:\n  {\n    \"word\" : \"a secret\"\n  }\n")
				.containsPattern("Headers:\n  trace +a secret header\n")
				.contains(
						"Stack trace of the last error:\n  java.lang.IllegalStateException: no such customer\n      at ");
		}
	}

	@ParameterizedTest
	@EnumSource
	void programsGetItInTheShapeOfTheEndpoint(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId id = dead(place);

			Run without = place.q("show", id.toString(), "--json");
			JsonNode with = place.q("show", id.toString(), "--json", "--payload").json();

			JsonNode job = without.json();
			assertThat(job.path("id").stringValue()).isEqualTo(id.toString());
			assertThat(job.at("/limits/timeout").stringValue()).isEqualTo("PT1M");
			assertThat(job.path("attempts")).hasSize(2);
			assertThat(job.at("/attempts/0/outcome").stringValue()).isEqualTo("FAILED");
			assertThat(job.at("/attempts/0/error/message").stringValue()).isEqualTo("line is busy");
			assertThat(job.at("/attempts/1/endedAt").stringValue()).endsWith("Z");
			assertThat(job.at("/explanation/reasons/0/code").stringValue()).isEqualTo("DEAD");
			assertThat(job.at("/explanation/timeline/0/at").stringValue()).endsWith("Z");
			assertThat(without.out()).doesNotContain("secret", "stackTrace");
			assertThat(with.at("/payload/text").stringValue()).isEqualTo("{\"word\":\"a secret\"}");
			assertThat(with.at("/headers/trace").stringValue()).isEqualTo("a secret header");
			assertThat(with.at("/lastError/stackTrace").stringValue()).contains("\tat ");
			assertThat(with.at("/attempts/1/error/stackTrace").stringValue()).contains("\tat ");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aJobThatRunsNamesItsWorkerAndItsLease(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId id = place.jobs().enqueue("scan", "a").id();
			new Hands(place).claim();

			Run run = place.q("show", id.toString());

			assertThat(run.out()).containsPattern("(?m)^worker +worker-1$")
				.containsPattern("(?m)^leased until +\\S+:\\d\\dZ$")
				.containsPattern("(?m)^ +1 +RUNNING +worker-1 +\\S+Z +- +-$");
			assertThat(place.q("show", id.toString(), "--json").json().path("worker").stringValue())
				.isEqualTo("worker-1");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aResultIsShownLikeAPayload(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId id = place.jobs().enqueue("scan", new byte[] { (byte) 0xc3, 0x28, 7 }).id();
			byte[] result = "[1.0]".getBytes(StandardCharsets.UTF_8);
			new Hands(place).end(new Outcome.Succeeded(new StoredResult.Value(Payload.json(result))));

			Run run = place.q("show", id.toString());
			Run whole = place.q("show", id.toString(), "--payload");

			assertThat(run.out()).containsPattern("(?m)^result +application/json, 5 bytes$");
			assertThat(whole.out()).contains("Payload:\n  c3 28 07\n", "Result:\n  [ 1.0 ]\n");
			assertThat(place.q("show", id.toString(), "--payload", "--json").json().at("/payload/base64").stringValue())
				.isEqualTo("wygH");
		}
	}

	@ParameterizedTest
	@EnumSource
	void nothingThatAJobHoldsDrivesTheTerminal(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId id = place.jobs()
				.enqueue(JobRequest.of("scan", Hands.WICKED)
					.with((o) -> o.header("x", Hands.WICKED).unique(UniqueKey.of(Hands.WICKED))))
				.id();
			new Hands(place).end(new Outcome.Retry(Duration.ofHours(1),
					new JobError(Hands.WICKED, Hands.WICKED, "at " + Hands.WICKED)));
			place.admin().cancel(List.of(id), Hands.WICKED);

			Run text = place.q("show", id.toString(), "--payload");
			Run json = place.q("show", id.toString(), "--payload", "--json");

			assertThat(text.out()).contains("red\\u001b[31m \\u009b31m \\u202etxt")
				.doesNotContain("\u001b", "\u009b", "\u202e");
			assertThat(json.out()).doesNotContain("\u001b", "\u009b", "\u202e");
			assertThat(json.json().path("uniqueKey").stringValue()).isEqualTo(Hands.WICKED);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aJobThatIsNotThereIsSaidInOneLine(Kind kind) {
		try (Place place = Place.on(kind)) {
			Run run = place.q("show", "01890a5d-ac96-774b-bcce-b302099a8057", "--json");

			assertThat(run.code()).isOne();
			assertThat(run.out()).isEmpty();
			assertThat(run.err()).hasLineCount(1).contains("no job 01890a5d-ac96-774b-bcce-b302099a8057");
		}
	}

	@Test
	void anIdThatIsNoneIsRefusedWithTheRemedy() {
		Run run = Place.run(Map.of(), InputStream.nullInputStream(), "show", "\u001b[31m");

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).hasLineCount(1).contains("UUID", "'\\u001b[31m'");
		assertThat(Place.run(Map.of(), InputStream.nullInputStream(), "show").err()).hasLineCount(1)
			.contains("Missing", "ID");
	}

	/** A job that failed once, and then for good. */
	private static JobId dead(Place place) {
		JobId id = place.jobs()
			.enqueue(JobRequest.of("scan", Map.of("word", "a secret"))
				.with((o) -> o.tag("b")
					.tag("a")
					.unique(UniqueKey.of("invoice-7"))
					.maxAttempts(4)
					.timeout(Duration.ofMinutes(1))
					.header("trace", "a secret header")))
			.id();
		Hands hands = new Hands(place);
		hands.end(new Outcome.Retry(Duration.ZERO, JobError.of("java.io.IOException", "line is busy")));
		place.admin().runNow(List.of(id));
		hands.end(new Outcome.Dead(DeadReason.PERMANENT, JobError.of(new IllegalStateException("no such customer"))));
		return id;
	}

}
