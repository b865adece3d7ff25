package dev.q.cli.act;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.q.JobRequest;
import dev.q.admin.JobFilter;
import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.act.ConsentOptions.Consent;
import dev.q.cli.session.ExitCode;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.ClaimRequest;
import dev.q.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What happens to jobs between the count and the act. */
class MeanwhileTests {

	private static final JobId UNKNOWN = JobId.of("01890a5d-ac96-774b-bcce-b302099a8057");

	@ParameterizedTest
	@EnumSource
	void aNamedJobThatMovesOnIsLeftAsItIsAndSaid(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId moving = cancelled(place);
			JobId staying = cancelled(place);
			Meanwhile meanwhile = new Meanwhile(place, "retry", (act) -> place.admin().retry(List.of(moving)));

			ExitCode code = meanwhile.to(List.of(moving, staying), Verb.RETRY, Consent.GIVEN);

			assertThat(code).isEqualTo(ExitCode.DONE);
			assertThat(meanwhile.out()).hasLineCount(3)
				.startsWith("2 jobs to retry")
				.contains("1 job changed", "Not " + moving + ": it is READY, and retry is for jobs that are DEAD");
			assertThat(state(place, staying)).isEqualTo(JobState.READY);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aJobThatBeginsToRunIsCancelledAllTheSame(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId id = place.jobs().enqueue("scan", "a").id();
			Meanwhile meanwhile = new Meanwhile(place, "cancel", (act) -> claim(place));

			ExitCode code = meanwhile.to(List.of(id), Verb.CANCEL, Consent.GIVEN);

			assertThat(code).isEqualTo(ExitCode.DONE);
			assertThat(state(place, id)).isEqualTo(JobState.CANCELLED);
		}
	}

	@ParameterizedTest
	@EnumSource
	void ofThoseThatAFilterMeansOneMovesOn(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId moving = cancelled(place);
			JobId staying = cancelled(place);
			Meanwhile meanwhile = new Meanwhile(place, "retry", (act) -> place.admin().retry(List.of(moving)));

			ExitCode code = meanwhile.toAll(Verb.RETRY);

			assertThat(code).isEqualTo(ExitCode.DONE);
			assertThat(meanwhile.out().lines()).containsExactly("2 jobs to retry", "2 looked at, 2 meant, 1 changed",
					"1 job not changed: moved on meanwhile, or another job has the unique key");
			assertThat(state(place, staying)).isEqualTo(JobState.READY);
		}
	}

	@Test
	void aStoreThatFailsHalfWayThroughAFilterSaysHowFarItCameAndWhereToGoOn() {
		try (Place place = Place.on(Kind.REDIS)) {
			List<JobId> ids = enqueue501(place);
			Meanwhile meanwhile = new Meanwhile(place, "hold", MeanwhileTests::failTheSecondTime);

			ExitCode code = meanwhile.toAll(Verb.HOLD);

			assertThat(code).isEqualTo(ExitCode.FAILED);
			assertThat(meanwhile.out().lines()).containsExactly("501 jobs to hold",
					"500 looked at, 500 meant, 500 changed");
			assertThat(meanwhile.err()).hasLineCount(1)
				.contains("failed after 500 jobs were changed", "the line \\u001b[31m is cut",
						"repeat with --cursor " + ids.get(499) + " --limit 9500");
		}
	}

	@Test
	void aSignalEndsAFilterAfterThePieceThatIsUnderWayAndSaysWhereToGoOn() {
		try (Place place = Place.on(Kind.REDIS)) {
			List<JobId> ids = enqueue501(place);
			AtomicReference<Meanwhile> self = new AtomicReference<>();
			Meanwhile meanwhile = new Meanwhile(place, "hold", (act) -> self.get().signal());
			self.set(meanwhile);

			ExitCode code = meanwhile.toAll(Verb.HOLD);

			assertThat(code).isEqualTo(ExitCode.FAILED);
			assertThat(meanwhile.out().lines()).containsExactly("501 jobs to hold",
					"500 looked at, 500 meant, 500 changed");
			assertThat(meanwhile.err().lines()).containsExactly(
					"q: Stopped after 500 jobs were changed. The rest is as it was: repeat with --cursor %s --limit 9500"
						.formatted(ids.get(499)));
			assertThat(isHeld(place, ids.get(499))).isTrue();
			assertThat(isHeld(place, ids.get(500))).isFalse();
		}
	}

	@Test
	void aSignalEndsManyIdsAfterThePieceThatIsUnderWayAndSaysWhichAreLeft() {
		try (Place place = Place.on(Kind.REDIS)) {
			List<JobId> ids = enqueue501(place);
			AtomicReference<Meanwhile> self = new AtomicReference<>();
			Meanwhile meanwhile = new Meanwhile(place, "hold", (act) -> self.get().signal());
			self.set(meanwhile);

			ExitCode code = meanwhile.to(ids, Verb.HOLD, Consent.MISSING);

			assertThat(code).isEqualTo(ExitCode.FAILED);
			assertThat(meanwhile.out().lines()).containsExactly("501 jobs to hold", "500 jobs changed");
			assertThat(meanwhile.err().lines()).containsExactly(
					"q: Stopped after 500 jobs were changed. 1 of 501 ids are left: repeat with %s and those after it"
						.formatted(ids.get(500)));
			assertThat(isHeld(place, ids.get(500))).isFalse();
		}
	}

	@Test
	void aSignalWhileJobsAreCountedChangesNothing() {
		try (Place place = Place.on(Kind.REDIS)) {
			JobId id = place.jobs().enqueue("scan", "a").id();
			Meanwhile byFilter = signalled(place);
			Meanwhile byIds = signalled(place);

			assertThat(byFilter.toAll(Verb.HOLD)).isEqualTo(ExitCode.FAILED);
			assertThat(byIds.to(List.of(id), Verb.HOLD, Consent.MISSING)).isEqualTo(ExitCode.FAILED);

			assertThat(List.of(byFilter, byIds)).allSatisfy((each) -> {
				assertThat(each.out()).isEmpty();
				assertThat(each.err().lines())
					.containsExactly("q: Stopped while the jobs were counted. Nothing was changed");
				assertThat(each.acts()).isZero();
			});
		}
	}

	private static Meanwhile signalled(Place place) {
		Meanwhile meanwhile = new Meanwhile(place, "hold", (act) -> {
		});
		meanwhile.signal();
		return meanwhile;
	}

	@Test
	void whatWasDoneIsShownThoughTheStoreFailsInTheLookAfterIt() {
		try (Place place = Place.on(Kind.REDIS)) {
			JobId id = place.jobs().enqueue("scan", "a").id();
			Meanwhile meanwhile = new Meanwhile(place, "find", MeanwhileTests::failTheSecondTime);

			ExitCode code = meanwhile.to(List.of(id, UNKNOWN), Verb.HOLD, Consent.MISSING);

			assertThat(code).isEqualTo(ExitCode.FAILED);
			assertThat(meanwhile.out().lines()).containsExactly("1 job to hold", "1 job changed",
					"Not " + UNKNOWN + ": why is unknown, since the store failed");
			assertThat(meanwhile.err()).hasLineCount(1)
				.contains("All was done", "why 1 job was not changed", "the line \\u001b[31m is cut");
		}
	}

	@Test
	void jobsAreLookedAtAHundredAtATime() {
		try (Place place = Place.on(Kind.REDIS)) {
			List<JobId> ids = enqueue501(place);
			Meanwhile meanwhile = new Meanwhile(place, "find", (look) -> {
			});

			meanwhile.to(ids, Verb.HOLD, Consent.DRY_RUN);

			assertThat(meanwhile.acts()).isEqualTo(6);
			assertThat(meanwhile.out().lines()).containsExactly("501 jobs to hold");
		}
	}

	@Test
	void aStoreThatFailsHalfWayThroughManyIdsSaysHowFarItCame() {
		try (Place place = Place.on(Kind.REDIS)) {
			List<JobId> ids = enqueue501(place);
			Meanwhile meanwhile = new Meanwhile(place, "hold", MeanwhileTests::failTheSecondTime);

			ExitCode code = meanwhile.to(ids, Verb.HOLD, Consent.MISSING);

			assertThat(code).isEqualTo(ExitCode.FAILED);
			assertThat(meanwhile.out().lines()).containsExactly("501 jobs to hold", "500 jobs changed");
			assertThat(meanwhile.err()).hasLineCount(1)
				.contains("failed after 500 jobs were changed", "the line \\u001b[31m is cut",
						"1 of 501 ids are left: repeat with " + ids.get(500));
		}
	}

	@Test
	void aLackOfMemoryHalfWayThroughAFilterSaysHowFarItCame() {
		try (Place place = Place.on(Kind.REDIS)) {
			List<JobId> ids = enqueue501(place);
			Meanwhile meanwhile = new Meanwhile(place, "hold", (act) -> {
				if (act == 2) {
					throw new OutOfMemoryError("Java heap space");
				}
			});

			assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> meanwhile.toAll(Verb.HOLD));

			assertThat(meanwhile.out().lines()).containsExactly("501 jobs to hold",
					"500 looked at, 500 meant, 500 changed");
			assertThat(meanwhile.err().lines()).containsExactly(
					"q: Stopped after 500 jobs were changed, and up to 500 more may be: repeat with --cursor %s --limit 9500"
						.formatted(ids.get(499)));
			assertThat(meanwhile.audited()).singleElement()
				.satisfies((event) -> assertThat(event.count()).isEqualTo(500));
		}
	}

	@Test
	void aStoreThatFailsWhileJobsAreCountedHasChangedNothing() {
		Place place = Place.on(Kind.REDIS);
		place.close();
		Meanwhile meanwhile = new Meanwhile(place, "hold", (act) -> {
		});

		assertThatExceptionOfType(NotCountedException.class).isThrownBy(() -> meanwhile.toAll(Verb.HOLD))
			.withMessageContaining("Nothing was changed");
		assertThatExceptionOfType(NotCountedException.class)
			.isThrownBy(() -> meanwhile.to(List.of(UNKNOWN), Verb.HOLD, Consent.GIVEN))
			.withMessageContaining("Nothing was changed");
	}

	private static void failTheSecondTime(int act) {
		if (act == 2) {
			throw new StoreException("the line \u001b[31m is cut");
		}
	}

	private static List<JobId> enqueue501(Place place) {
		place.jobs().enqueueAll(Collections.nCopies(501, JobRequest.of("scan", "a")));
		return place.admin().search(JobFilter.ALL, 501, null).items().stream().map(Job::id).toList();
	}

	private static JobId cancelled(Place place) {
		JobId id = place.jobs().enqueue("scan", "a").id();
		place.admin().cancel(List.of(id), "test");
		return id;
	}

	private static void claim(Place place) {
		place.store()
			.work()
			.claim(new ClaimRequest(List.of(QueueName.DEFAULT), 1, Duration.ofHours(1), new WorkerId("worker-1")));
	}

	private static boolean isHeld(Place place, JobId id) {
		return place.admin().find(id).orElseThrow().job().isHeld();
	}

	private static JobState state(Place place, JobId id) {
		return place.admin().find(id).orElseThrow().state();
	}

}
