package dev.q.cli.look;

import java.io.InputStream;
import java.time.Duration;
import java.util.Map;

import dev.q.JobRequest;
import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.schedule.ScheduleRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class SchedulesCommandTests {

	@ParameterizedTest
	@EnumSource
	void eachScheduleIsALine(Kind kind) {
		try (Place place = Place.on(kind)) {
			addTwo(place);

			Run run = place.q("schedules");
			JsonNode json = place.q("schedules", "--json").json();

			assertThat(run.code()).isZero();
			assertThat(run.lines()).hasSize(3);
			assertThat(run.lines().get(1)).matches("clean +every PT5M +UTC +default +sweep +paused +-");
			assertThat(run.lines().get(2)).matches("report +0 3 \\* \\* \\* +UTC +mail +send +\\S+T03:00:00Z +-");
			assertThat(json.path("schedules")).hasSize(2);
			assertThat(json.at("/schedules/0/name").stringValue()).isEqualTo("clean");
			assertThat(json.at("/schedules/0/paused").booleanValue()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void oneScheduleIsShownWithItsNextTimes(Kind kind) {
		try (Place place = Place.on(kind)) {
			addTwo(place);

			Run run = place.q("schedules", "show", "report");
			JsonNode json = place.q("--json", "schedules", "show", "clean").json();

			assertThat(run.code()).isZero();
			assertThat(run.out()).containsPattern("(?m)^trigger +0 3 \\* \\* \\*$")
				.containsPattern("(?m)^jitter +PT10S$")
				.containsPattern("(?m)^declared by +billing\\\\u001b\\[31m$")
				.containsPattern("(?m)^paused +no$")
				.containsPattern("(?m)^next( +\\S+T03:00:00Z\n){5}");
			assertThat(json.path("preview")).hasSize(5);
			assertThat(json.path("paused").booleanValue()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aScheduleThatIsNotThereIsSaidInOneLine(Kind kind) {
		try (Place place = Place.on(kind)) {
			Run run = place.q("schedules", "show", "report");

			assertThat(run.code()).isOne();
			assertThat(run.out()).isEmpty();
			assertThat(run.err()).hasLineCount(1).contains("There is no schedule 'report'");
			assertThat(place.q("schedules").lines()).hasSize(1);
		}
	}

	@Test
	void whatIsNoCommandOrNoNameIsRefusedWithTheRemedy() {
		Run none = Place.run(Map.of(), InputStream.nullInputStream(), "schedules", "report");
		Run name = Place.run(Map.of(), InputStream.nullInputStream(), "schedules", "show", "a b");

		assertThat(none.code()).isEqualTo(2);
		assertThat(none.err()).hasLineCount(1).contains("'report'", "q schedules --help");
		assertThat(name.code()).isEqualTo(2);
		assertThat(name.err()).hasLineCount(1).contains("'a b'", "letters");
	}

	@Test
	void helpIsThereForWhatIsBelowToo() {
		Run run = Place.run(Map.of(), InputStream.nullInputStream(), "schedules", "show", "--help");

		assertThat(run.code()).isZero();
		assertThat(run.out()).startsWith("Usage: q schedules show").contains("--json", "--url", "NAME");
	}

	private static void addTwo(Place place) {
		place.schedules()
			.upsert(ScheduleRequest.cron("report", "0 3 * * *", JobRequest.of("send", "a").with((o) -> o.queue("mail")))
				.with((o) -> o.withJitter(Duration.ofSeconds(10)).withOwner("billing\u001b[31m")));
		place.schedules().upsert(ScheduleRequest.every("clean", Duration.ofMinutes(5), JobRequest.of("sweep", "b")));
		place.schedules().pause("clean");
	}

}
