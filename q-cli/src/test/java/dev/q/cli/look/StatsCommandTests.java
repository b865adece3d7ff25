package dev.q.cli.look;

import java.io.InputStream;
import java.time.Duration;
import java.util.Map;

import dev.q.JobRequest;
import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.job.QueueName;
import dev.q.store.PauseMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class StatsCommandTests {

	@ParameterizedTest
	@EnumSource
	void eachQueueIsALineWithItsFigures(Kind kind) {
		try (Place place = Place.on(kind)) {
			place.jobs().enqueue("scan", "a");
			place.jobs().enqueue("scan", "b");
			place.jobs().enqueue(JobRequest.of("mail", "c").with((o) -> o.queue("mail").in(Duration.ofHours(1))));
			place.admin().pause(new QueueName("mail"), PauseMode.OUT);

			Run run = place.q("stats");

			assertThat(run.code()).isZero();
			assertThat(run.err()).isEmpty();
			assertThat(run.lines()).hasSize(3);
			assertThat(run.lines().get(0)).startsWith("QUEUE ").contains("READY", "DEAD", "PAUSED");
			assertThat(run.lines().get(1)).matches("default +2 +0 .* NONE +\\S+Z");
			assertThat(run.lines().get(2)).matches("mail +0 +1 .* OUT +-");
		}
	}

	@ParameterizedTest
	@EnumSource
	void programsGetTheWholeStoreAndEachQueue(Kind kind) {
		try (Place place = Place.on(kind)) {
			place.jobs().enqueue("scan", "a");

			Run run = place.q("stats", "--json");

			assertThat(run.code()).isZero();
			assertThat(run.json().path("jobs").path("READY").intValue()).isOne();
			assertThat(run.json().path("queueStats").path(0).path("name").stringValue()).isEqualTo("default");
		}
	}

	@ParameterizedTest
	@EnumSource
	void oneQueueIsShownAlone(Kind kind) {
		try (Place place = Place.on(kind)) {
			enqueueInto(place, "mail");
			enqueueInto(place, "mail-bulk");

			Run run = place.q("stats", "mail");
			Run json = place.q("stats", "mail", "--json");

			assertThat(run.lines()).hasSize(2);
			assertThat(run.lines().get(1)).matches("mail +1 .*T\\d\\d:\\d\\d:\\d\\dZ");
			assertThat(json.json().propertyNames()).containsExactly("queueStats");
			assertThat(json.json().path("queueStats")).hasSize(1);
			assertThat(json.json().at("/queueStats/0/name").stringValue()).isEqualTo("mail");
			assertThat(place.q("stats", "mai").code()).isOne();
			assertThat(place.q("stats", "mai").err()).hasLineCount(1).contains("There is no queue 'mai'");
		}
	}

	@ParameterizedTest
	@EnumSource
	void queuesAreFoundByTheBeginOfTheirNames(Kind kind) {
		try (Place place = Place.on(kind)) {
			enqueueInto(place, "mail-b");
			enqueueInto(place, "mail-a");
			enqueueInto(place, "scan");

			assertThat(place.q("stats", "--prefix", "mail").lines().stream().skip(1)).satisfiesExactly(
					(line) -> assertThat(line).startsWith("mail-a "), (line) -> assertThat(line).startsWith("mail-b "));
			assertThat(place.q("stats", "--prefix", "mail", "--json").json().path("queueStats")).hasSize(2);
			assertThat(place.q("stats", "--prefix", "%").lines()).hasSize(1);
		}
	}

	@Test
	void aQueueAndAPrefixTogetherAreRefused() {
		Run both = Place.run(Map.of(), InputStream.nullInputStream(), "stats", "mail", "--prefix", "ma");
		Run unfit = Place.run(Map.of(), InputStream.nullInputStream(), "stats", "a/b");

		assertThat(both.code()).isEqualTo(2);
		assertThat(both.err()).hasLineCount(1).contains("'mail'", "'ma'", "not both");
		assertThat(unfit.code()).isEqualTo(2);
		assertThat(unfit.err()).hasLineCount(1).contains("'a/b'", "letters");
	}

	private static void enqueueInto(Place place, String queue) {
		place.jobs().enqueue(JobRequest.of("scan", "a").with((o) -> o.queue(queue)));
	}

}
