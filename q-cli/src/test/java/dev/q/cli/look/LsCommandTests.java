package dev.q.cli.look;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.q.JobRequest;
import dev.q.admin.JobFilter;
import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.job.JobId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class LsCommandTests {

	@ParameterizedTest
	@EnumSource
	void eachJobIsALineWithWhatItIs(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId scan = place.jobs().enqueue("scan", "a").id();
			JobId mail = place.jobs()
				.enqueue(JobRequest.of("send", "b").with((o) -> o.queue("mail").in(Duration.ofHours(1)).priority(2)))
				.id();
			JobId held = place.jobs().enqueue("scan", "c").id();
			place.admin().hold(List.of(held));

			Run run = place.q("ls");

			assertThat(run.code()).isZero();
			assertThat(run.err()).isEmpty();
			assertThat(run.lines()).hasSize(4);
			assertThat(run.lines().get(0)).matches("ID +STATE +QUEUE +TYPE +PRIORITY +ATTEMPT +CREATED +DUE");
			String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
			assertThat(run.out()).containsPattern(scan + " +READY +default +scan +5 +1/25 +" + time + " +" + time)
				.containsPattern(mail + " +SCHEDULED +mail +send +2 +1/25 +" + time + " +" + time)
				.containsPattern(held + " +SCHEDULED +default +scan +5 +1/25 +" + time + " +on hold");
		}
	}

	@ParameterizedTest
	@EnumSource
	void jobsAreFoundByFilterPageByPage(Kind kind) {
		try (Place place = Place.on(kind)) {
			List<JobId> ids = List.of(enqueue(place, "bulk"), enqueue(place, "bulk"), enqueue(place, "bulk"));
			enqueue(place, "single");
			place.admin().cancel(ids.subList(0, 1), "drill");
			String[] filter = { "ls", "--type", "scan", "--tag", "bulk", "--state", "ready,Cancelled", "--limit", "2" };

			Run first = place.q(filter);
			Run second = place.q(and(filter, "--cursor", ids.get(1).toString(), "--json"));

			assertThat(first.lines()).hasSize(4);
			assertThat(first.lines().get(1)).startsWith(ids.get(0) + "  CANCELLED");
			assertThat(first.lines().get(2)).startsWith(ids.get(1) + "  READY");
			assertThat(first.lines().get(3)).isEqualTo("There may be more: repeat with --cursor " + ids.get(1));
			assertThat(second.json().path("jobs")).hasSize(1);
			assertThat(second.json().at("/jobs/0/id").stringValue()).isEqualTo(ids.get(2).toString());
			assertThat(second.json().at("/jobs/0/tags/0").stringValue()).isEqualTo("bulk");
			assertThat(second.json().at("/jobs/0/payload/size").intValue()).isPositive();
			assertThat(second.out()).doesNotContain("secret");
			assertThat(place.q("ls", "--stored-before", "2020-01-01T00:00:00Z").lines()).hasSize(1);
			assertThat(place.q("ls", "--queue", "other", "--json").json().path("jobs")).isEmpty();
			assertThat(place.admin().search(JobFilter.ALL, 10, null).items()).hasSize(4);
		}
	}

	@ParameterizedTest
	@EnumSource
	void programsGetTheCursorToo(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId first = enqueue(place, "bulk");
			enqueue(place, "bulk");

			Run run = place.q("ls", "--json", "--limit", "1");

			assertThat(run.json().path("next").stringValue()).isEqualTo(first.toString());
			assertThat(place.q("ls", "--json", "--cursor", first.toString()).json().has("next")).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aCursorThatNoPageGaveIsRefused(Kind kind) {
		try (Place place = Place.on(kind)) {
			Run run = place.q("ls", "--cursor", "nonsense");

			assertThat(run.code()).isEqualTo(2);
			assertThat(run.err()).hasLineCount(1).contains("cursor", "first page");
		}
	}

	@ParameterizedTest
	@CsvSource({ "--limit,0,from 1 to 500", "--limit,501,from 1 to 500", "--limit,many,from 1 to 500",
			"--state,broken,DEAD", "--stored-before,today,2026-02-03T04:05:06Z", "--queue,a b,letters" })
	void badInputIsOneLineWithTheValueAndTheRemedyBeforeAnythingIsOpened(String option, String value, String remedy) {
		Run run = Place.run(Map.of(), InputStream.nullInputStream(), "ls", option, value);

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.out()).isEmpty();
		assertThat(run.err()).hasLineCount(1).contains("'" + value + "'", remedy);
	}

	private static JobId enqueue(Place place, String tag) {
		return place.jobs().enqueue(JobRequest.of("scan", "a secret").with((o) -> o.tag(tag))).id();
	}

	private static String[] and(String[] args, String... more) {
		String[] all = new String[args.length + more.length];
		System.arraycopy(args, 0, all, 0, args.length);
		System.arraycopy(more, 0, all, args.length, more.length);
		return all;
	}

}
