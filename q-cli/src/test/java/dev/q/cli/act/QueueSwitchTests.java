package dev.q.cli.act;

import java.io.InputStream;
import java.util.Map;

import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.store.PauseMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class QueueSwitchTests {

	@ParameterizedTest
	@EnumSource
	void aQueueIsPausedAndResumedAndSaysWhatItDoes(Kind kind) {
		try (Place place = Place.on(kind)) {
			place.jobs().enqueue("scan", "a");

			Run out = place.q("pause", "default");
			Run again = place.q("pause", "default");
			JsonNode all = place.q("pause", "default", "--mode", "all", "--json").json();

			assertThat(out.code()).isZero();
			assertThat(out.err()).isEmpty();
			assertThat(out.lines())
				.containsExactly("Queue default takes jobs in, and hands none out; those that run go on");
			assertThat(again).isEqualTo(out);
			assertThat(all.path("action").stringValue()).isEqualTo("pause");
			assertThat(all.path("queue").stringValue()).isEqualTo("default");
			assertThat(all.path("pause").stringValue()).isEqualTo("ALL");
			assertThat(pause(place)).isEqualTo(PauseMode.ALL);

			assertThat(place.q("pause", "default", "--mode", "In").out()).contains("takes no new jobs in");
			assertThat(place.q("resume", "default").lines())
				.containsExactly("Queue default takes jobs in and hands them out");
			assertThat(place.q("resume", "default", "--json").json().path("pause").stringValue()).isEqualTo("NONE");
			assertThat(pause(place)).isEqualTo(PauseMode.NONE);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aQueueThatNobodyUsesIsPausedWithANote(Kind kind) {
		try (Place place = Place.on(kind)) {
			place.jobs().enqueue("scan", "a");

			Run pause = place.q("pause", "defau");
			Run resume = place.q("resume", "defaul");

			assertThat(pause.code()).isZero();
			assertThat(pause.err()).hasLineCount(1).contains("defau", "is the name as meant?");
			assertThat(resume.code()).isZero();
			assertThat(resume.err()).hasLineCount(1).contains("defaul");
			assertThat(place.q("stats", "defau").out()).contains("OUT");
			assertThat(pause(place)).isEqualTo(PauseMode.NONE);
		}
	}

	@Test
	void whatNoQueueCanBeOrDoIsRefused() {
		assertRefused("'a/b'", "pause", "a/b");
		assertRefused("'a/b'", "resume", "a/b");
		assertRefused("[OUT, IN, ALL]", "pause", "mail", "--mode", "none");
		assertRefused("QUEUE", "pause");
	}

	private static void assertRefused(String remedy, String... args) {
		Run run = Place.run(Map.of(), InputStream.nullInputStream(), args);

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).hasLineCount(1).contains(remedy);
	}

	private static PauseMode pause(Place place) {
		return place.admin().queues("default", 1, null).items().get(0).pause().mode();
	}

}
