package dev.q.cli.act;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.q.JobRequest;
import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.ClaimRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ByFilterTests {

	@ParameterizedTest
	@EnumSource
	void theJobsOfAFilterAreCountedAndChangedWithConsent(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId mail = enqueueInto(place, "mail");
			enqueueInto(place, "scan");
			place.admin().cancel(List.of(mail), "test");

			Run asked = place.q("retry", "--queue", "mail");
			Run counted = place.q("retry", "--queue", "mail", "--dry-run");

			assertThat(asked.code()).isEqualTo(2);
			assertThat(asked.out()).isEmpty();
			assertThat(asked.err().lines()).containsExactly("q: 1 job to retry. Nothing was changed: --yes does it");
			assertThat(counted.code()).isZero();
			assertThat(counted.lines()).containsExactly("1 job to retry");
			assertThat(state(place, mail)).isEqualTo(JobState.CANCELLED);

			Run done = place.q("retry", "--queue", "mail", "--yes");

			assertThat(done.code()).isZero();
			assertThat(done.lines()).containsExactly("1 job to retry", "1 looked at, 1 meant, 1 changed");
			assertThat(state(place, mail)).isEqualTo(JobState.READY);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aLimitSaysWhereToGoOn(Kind kind) {
		try (Place place = Place.on(kind)) {
			for (int i = 0; i < 3; i++) {
				enqueueInto(place, "mail");
			}

			Run asked = place.q("cancel", "--all", "--limit", "2");
			Run counted = place.q("cancel", "--all", "--limit", "2", "--dry-run", "--json");
			JsonNode first = place.q("cancel", "--all", "--limit", "2", "--yes", "--json").json();
			String next = first.path("next").stringValue();
			Run second = place.q("cancel", "--all", "--limit", "2", "--yes", "--cursor", next, "--json");

			assertThat(asked.err().lines()).containsExactly(
					"q: At least 2 jobs to cancel; --limit takes the first 2. Nothing was changed: --yes does it");
			assertThat(counted.json().path("matched").intValue()).isEqualTo(2);
			assertThat(counted.json().path("atLeast").booleanValue()).isTrue();
			assertThat(first.path("atLeast").booleanValue()).isTrue();
			assertThat(second.json().path("atLeast").booleanValue()).isFalse();
			assertThat(first.path("action").stringValue()).isEqualTo("cancel");
			assertThat(first.path("dryRun").booleanValue()).isFalse();
			assertThat(first.path("counted").intValue()).isEqualTo(2);
			assertThat(first.path("matched").intValue()).isEqualTo(2);
			assertThat(first.path("changed").intValue()).isEqualTo(2);
			assertThat(second.json().path("changed").intValue()).isOne();
			assertThat(second.json().has("next")).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void evenWhatCanBeTakenBackNeedsConsentForMany(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId later = place.jobs().enqueue(JobRequest.of("scan", "a").with((o) -> o.in(Duration.ofHours(1)))).id();
			place.jobs().enqueue("scan", "b");

			Run asked = place.q("hold", "--type", "scan", "--json");

			assertThat(asked.code()).isEqualTo(2);
			assertThat(asked.json().path("dryRun").booleanValue()).isTrue();
			assertThat(asked.json().path("matched").intValue()).isEqualTo(2);
			assertThat(asked.err()).hasLineCount(1);
			assertThat(state(place, later)).isEqualTo(JobState.SCHEDULED);
			assertThat(place.q("run-now", "--all", "--yes").lines()).containsExactly("1 job to run now",
					"1 looked at, 1 meant, 1 changed");
			assertThat(place.q("hold", "--all", "--yes").lines()).contains("2 looked at, 2 meant, 2 changed");
			assertThat(place.q("release", "--all", "--yes").lines()).contains("2 looked at, 2 meant, 2 changed");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aDeleteSaysInWhichStates(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId id = enqueueInto(place, "mail");

			Run run = place.q("delete", "--state", "ready", "--yes");

			assertThat(run.lines()).contains("1 looked at, 1 meant, 1 changed");
			assertThat(place.admin().find(id)).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aDeleteOfAllMeansWhateverStateInAQueueOrEverywhere(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId cancelled = enqueueInto(place, "mail");
			place.admin().cancel(List.of(cancelled), "test");
			enqueueInto(place, "mail");
			claim(place, "mail");
			JobId other = enqueueInto(place, "scan");

			Run asked = place.q("delete", "--queue", "mail", "--all");
			Run mail = place.q("delete", "--queue", "mail", "--all", "--yes");

			assertThat(asked.code()).isEqualTo(2);
			assertThat(asked.err().lines()).containsExactly("q: 2 jobs to delete. Nothing was changed: --yes does it");
			assertThat(mail.lines()).containsExactly("2 jobs to delete", "2 looked at, 2 meant, 2 changed");
			assertThat(place.admin().find(other)).isPresent();
			assertThat(place.q("delete", "--all", "--yes").lines()).contains("1 looked at, 1 meant, 1 changed");
			assertThat(place.admin().find(other)).isEmpty();
		}
	}

	@Test
	void aDeleteByFilterThatDoesNotSayInWhichStatesIsRefused() {
		assertRefused("--state dead,cancelled, or --all for whatever state", "delete", "--queue=mail", "--yes");
		assertRefused("Leave out --all", "delete", "--state=dead", "--all", "--yes");
	}

	@Test
	void aFilterThatContradictsTheCommandIsRefused() {
		assertRefused("but the filter asks for [READY]", "retry", "--state", "ready", "--yes");
		assertRefused("at least 1, but was 0", "retry", "--all", "--limit", "0");
		assertRefused("'a/b'", "hold", "--queue", "a/b");
		assertRefused("red\\u001b[31m", "hold", "--tag", Wicked.TEXT);
	}

	@ParameterizedTest
	@EnumSource
	void aCursorThatNoRunGaveIsRefused(Kind kind) {
		try (Place place = Place.on(kind)) {
			Run run = place.q("retry", "--all", "--cursor", Wicked.TEXT, "--yes");

			assertThat(run.code()).isEqualTo(2);
			assertThat(run.err()).hasLineCount(1).contains("cursor", "18 characters", "first page");
			Wicked.assertHarmless(run);
		}
	}

	private static void claim(Place place, String queue) {
		place.store()
			.work()
			.claim(new ClaimRequest(List.of(new QueueName(queue)), 1, Duration.ofHours(1), new WorkerId("worker-1")));
	}

	private static void assertRefused(String remedy, String... args) {
		Run run = Place.run(Map.of(), InputStream.nullInputStream(), args);

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).hasLineCount(1).contains(remedy);
		Wicked.assertHarmless(run);
	}

	private static JobId enqueueInto(Place place, String queue) {
		return place.jobs().enqueue(JobRequest.of("scan", "a").with((o) -> o.queue(queue))).id();
	}

	private static JobState state(Place place, JobId id) {
		return place.admin().find(id).orElseThrow().state();
	}

}
