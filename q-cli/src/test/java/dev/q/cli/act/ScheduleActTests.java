package dev.q.cli.act;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.q.JobRequest;
import dev.q.admin.ScheduleAdmin;
import dev.q.admin.audit.AuditTrail;
import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.schedule.Overlap;
import dev.q.schedule.ScheduleRequest;
import dev.q.schedule.Schedules;
import dev.q.store.PauseMode;
import dev.q.store.StoreException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ScheduleActTests {

	@ParameterizedTest
	@EnumSource
	void aScheduleIsPausedAndResumed(Kind kind) {
		try (Place place = Place.on(kind)) {
			addClean(place);

			Run pause = place.q("schedules", "pause", "clean");

			assertThat(pause.code()).isZero();
			assertThat(pause.lines()).containsExactly("Schedule clean does not come until it is resumed");
			assertThat(place.q("schedules", "pause", "clean").lines())
				.containsExactly("Schedule clean does not come until it is resumed, as it was before");
			assertThat(place.q("schedules", "pause", "clean", "--json").json().path("changed").booleanValue())
				.isFalse();
			assertThat(place.schedules().find("clean").orElseThrow().paused()).isTrue();

			JsonNode resume = place.q("schedules", "resume", "clean", "--json").json();

			assertThat(resume.path("action").stringValue()).isEqualTo("resume");
			assertThat(resume.path("schedule").stringValue()).isEqualTo("clean");
			assertThat(resume.path("changed").booleanValue()).isTrue();
			assertThat(place.schedules().find("clean").orElseThrow().paused()).isFalse();
			assertThat(place.q("schedules", "resume", "clean", "--json").json().path("changed").booleanValue())
				.isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aTriggerNamesTheJobAndFailsWhereItStoresNone(Kind kind) {
		try (Place place = Place.on(kind)) {
			addClean(place);

			JsonNode first = place.q("schedules", "trigger", "clean", "--json").json();
			Run second = place.q("schedules", "trigger", "clean");

			JobId job = JobId.of(first.path("job").stringValue());
			assertThat(first.path("status").stringValue()).isEqualTo("STORED");
			assertThat(place.admin().find(job)).isPresent();
			assertThat(second.code()).isOne();
			assertThat(second.lines())
				.containsExactly("Schedule clean stored no job: job %s in queue default has not ended".formatted(job));
		}
	}

	@ParameterizedTest
	@EnumSource
	void aTriggerOfAQueueThatTakesNothingInFails(Kind kind) {
		try (Place place = Place.on(kind)) {
			addClean(place);
			place.admin().pause(QueueName.DEFAULT, PauseMode.IN);

			Run run = place.q("schedules", "trigger", "clean");

			assertThat(run.code()).isOne();
			assertThat(run.err()).hasLineCount(1).contains("default", "paused");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aTriggerWhoseAnswerIsLostSaysHowToSeeWhatBecameOfIt(Kind kind) {
		try (Place place = Place.on(kind)) {
			addClean(place);
			place.jobs().enqueue(JobRequest.of("sweep", "before").withId(JobId.timeOrdered(Instant.EPOCH, 0, 1)));
			ScheduleAdmin schedules = new ScheduleAdmin(deafTo(place.schedules()), AuditTrail.logged());

			assertThatExceptionOfType(TriggerInDoubtException.class)
				.isThrownBy(() -> TriggerScheduleCommand.trigger(schedules, "clean"))
				.withMessageStartingWith("Schedule clean may have come once more or not: the line is cut. ")
				.withMessageEndingWith("If it is there, that would store a second one as soon as the first has ended")
				.satisfies((ex) -> {
					String look = ex.getMessage().replaceAll(".*'q (ls [^']*)'.*", "$1");
					assertThat(place.q((look + " --json").split(" ")).json().path("jobs")).hasSize(1);
				});
		}
	}

	@ParameterizedTest
	@EnumSource
	void aScheduleIsRemovedWithConsent(Kind kind) {
		try (Place place = Place.on(kind)) {
			addClean(place);

			Run asked = place.q("schedules", "remove", "clean");

			assertThat(asked.code()).isEqualTo(2);
			assertThat(asked.err().lines()).containsExactly("q: Schedule clean is still there: --yes deletes it");
			assertThat(place.schedules().find("clean")).isPresent();

			Run forPrograms = place.q("schedules", "remove", "clean", "--json");

			assertThat(forPrograms.code()).isEqualTo(2);
			assertThat(forPrograms.json().path("action").stringValue()).isEqualTo("remove");
			assertThat(forPrograms.json().path("dryRun").booleanValue()).isTrue();
			assertThat(forPrograms.json().path("changed").booleanValue()).isFalse();
			assertThat(place.schedules().find("clean")).isPresent();

			Run done = place.q("schedules", "remove", "clean", "--yes");

			assertThat(done.code()).isZero();
			assertThat(done.lines()).containsExactly("Schedule clean is gone; jobs that it has stored stay");
			assertThat(place.schedules().list()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aScheduleThatIsNotThereIsAFailure(Kind kind) {
		try (Place place = Place.on(kind)) {
			for (String command : new String[] { "pause", "resume", "trigger", "remove" }) {
				Run run = place.q("schedules", command, "cleam");

				assertThat(run.code()).isOne();
				assertThat(run.err()).hasLineCount(1).contains("There is no schedule 'cleam'");
			}
			assertThat(place.q("schedules", "remove", "cleam", "--yes").code()).isOne();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "pause", "resume", "trigger", "remove" })
	void aNameThatNoScheduleCanHaveIsRefused(String command) {
		Run run = Place.run(Map.of(), InputStream.nullInputStream(), "schedules", command, Wicked.TEXT);

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).hasLineCount(1).contains("red\\u001b[31m", "letters");
		Wicked.assertHarmless(run);
	}

	/** A trigger is pulled, and the answer lost. */
	private static Schedules deafTo(Schedules schedules) {
		return (Schedules) Proxy.newProxyInstance(Schedules.class.getClassLoader(), new Class<?>[] { Schedules.class },
				(self, method, args) -> {
					Object answer = method.invoke(schedules, args);
					if (method.getName().equals("trigger")) {
						throw new StoreException("the line is cut");
					}
					return answer;
				});
	}

	private static void addClean(Place place) {
		place.schedules()
			.upsert(ScheduleRequest.every("clean", Duration.ofHours(5), JobRequest.of("sweep", "a"))
				.with((o) -> o.withOverlap(Overlap.SKIP)));
	}

}
