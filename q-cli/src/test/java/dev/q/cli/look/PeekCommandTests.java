package dev.q.cli.look;

import java.io.InputStream;
import java.time.Duration;
import java.util.Map;

import dev.q.JobRequest;
import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.job.JobId;
import dev.q.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class PeekCommandTests {

	@ParameterizedTest
	@EnumSource
	void readyJobsAreShownInTheirOrderAndStayReady(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId usual = place.jobs().enqueue("scan", "a").id();
			JobId late = place.jobs().enqueue(JobRequest.of("scan", "b").with((o) -> o.priority(9))).id();
			JobId first = place.jobs().enqueue(JobRequest.of("scan", "c").with((o) -> o.priority(0))).id();
			place.jobs().enqueue(JobRequest.of("scan", "d").with((o) -> o.in(Duration.ofHours(1))));

			Run oldest = place.q("peek", "default");
			Run newest = place.q("peek", "default", "--newest", "--limit", "1", "--json");

			assertThat(oldest.code()).isZero();
			assertThat(oldest.lines().stream().skip(1).map((line) -> line.substring(0, 36)))
				.containsExactly(first.toString(), usual.toString(), late.toString());
			assertThat(newest.json().path("jobs")).hasSize(1);
			assertThat(newest.json().at("/jobs/0/id").stringValue()).isEqualTo(late.toString());
			assertThat(newest.json().at("/jobs/0/state").stringValue()).isEqualTo("READY");
			assertThat(place.admin().queues().get(0).count(JobState.READY)).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aQueueWithoutReadyJobsHasNothingToShow(Kind kind) {
		try (Place place = Place.on(kind)) {
			assertThat(place.q("peek", "mail").lines()).hasSize(1);
			assertThat(place.q("peek", "mail", "--json").json().path("jobs")).isEmpty();
		}
	}

	@Test
	void aQueueThatCannotBeIsRefusedWithTheRemedy() {
		Run run = Place.run(Map.of(), InputStream.nullInputStream(), "peek", "a/b");

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).hasLineCount(1).contains("'a/b'", "letters");
		assertThat(Place.run(Map.of(), InputStream.nullInputStream(), "peek", "mail", "--limit=x").err())
			.hasLineCount(1)
			.contains("'x'", "1 to 500");
	}

}
