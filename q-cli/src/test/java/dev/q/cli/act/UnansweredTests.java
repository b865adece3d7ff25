package dev.q.cli.act;

import java.io.InputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.q.JobRequest;
import dev.q.admin.JobFilter;
import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.act.ConsentOptions.Consent;
import dev.q.cli.session.ExitCode;
import dev.q.job.Job;
import dev.q.job.JobId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said when the process is asked to end and the store does not answer. The answer
 * comes after that in all of these: then nothing is said twice.
 */
class UnansweredTests {

	private static final JobId UNKNOWN = JobId.of("01890a5d-ac96-774b-bcce-b302099a8057");

	private static final String STILL = "q: Stopped, but a call of the store was still under way after 0 s. ";

	private final Place place = Place.on(Kind.REDIS);

	@AfterEach
	void close() {
		this.place.close();
	}

	@Test
	void byFilterWhatWasDoneIsSaidAndToldToTheAudit() {
		List<JobId> ids = enqueue(1100);
		Meanwhile meanwhile = asked("hold", 2);

		ExitCode code = meanwhile.toAll(Verb.HOLD);

		assertThat(code).isEqualTo(ExitCode.FAILED);
		assertThat(meanwhile.acts()).isEqualTo(2);
		assertThat(meanwhile.out().lines()).containsExactly("1100 jobs to hold",
				"500 looked at, 500 meant, 500 changed");
		assertThat(meanwhile.err().lines()).containsExactly(STILL
				+ "500 jobs were changed, and up to 500 more may be: what the last call did is unknown. When the store is back, repeat with --cursor %s --limit 9500"
					.formatted(ids.get(499)));
		assertThat(meanwhile.audited()).singleElement().satisfies((event) -> {
			assertThat(event.count()).isEqualTo(500);
			assertThat(event.failure()).contains("not answered", "up to 500 more may be changed");
		});
	}

	@Test
	void byIdsWhatWasDoneIsSaidAndToldToTheAudit() {
		List<JobId> ids = enqueue(620);
		Meanwhile meanwhile = asked("hold", 2);

		ExitCode code = meanwhile.to(ids, Verb.HOLD, Consent.MISSING);

		assertThat(code).isEqualTo(ExitCode.FAILED);
		assertThat(meanwhile.out().lines()).containsExactly("620 jobs to hold", "500 jobs changed");
		assertThat(meanwhile.err().lines()).containsExactly(STILL
				+ "500 jobs were changed, and up to 120 more may be: what the last call did is unknown. 120 of 620 ids are left: repeat with %s and those after it"
					.formatted(ids.get(500)));
		assertThat(meanwhile.audited()).hasSize(2);
		assertThat(meanwhile.audited().get(0).failure()).isNull();
		assertThat(meanwhile.audited().get(1).count()).isZero();
		assertThat(meanwhile.audited().get(1).failure()).contains("not answered");
	}

	@Test
	void theLastLookAtIdsMayBeUnansweredToo() {
		List<JobId> ids = enqueue(1);
		Meanwhile meanwhile = asked("find", 2);

		ExitCode code = meanwhile.to(List.of(ids.get(0), UNKNOWN), Verb.HOLD, Consent.MISSING);

		assertThat(code).isEqualTo(ExitCode.FAILED);
		assertThat(meanwhile.out().lines()).containsExactly("1 job to hold", "1 job changed");
		assertThat(meanwhile.err().lines()).containsExactly(STILL + "1 job was changed. No ids are left");
		assertThat(meanwhile.audited()).singleElement().satisfies((event) -> assertThat(event.failure()).isNull());
	}

	@Test
	void nothingIsChangedWhileJobsAreCounted() {
		List<JobId> ids = enqueue(1);
		Meanwhile byIds = asked("find", 1);
		Meanwhile byFilter = asked("walk", 1);

		assertThat(byIds.to(ids, Verb.HOLD, Consent.MISSING)).isEqualTo(ExitCode.FAILED);
		assertThat(byFilter.toAll(Verb.HOLD)).isEqualTo(ExitCode.FAILED);

		assertThat(List.of(byIds.err(), byFilter.err())).allSatisfy((said) -> assertThat(said.lines())
			.containsExactly(STILL + "Jobs were being counted. Nothing was changed"));
		assertThat(byFilter.audited()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "pause mail", "resume mail", "schedules pause report", "schedules resume report",
			"schedules trigger report", "schedules remove report --yes", "hold --all --yes", "enqueue mail" })
	void noActIsCutShortByASignal(String args) {
		AtomicInteger begun = new AtomicInteger();
		AtomicInteger ended = new AtomicInteger();

		Place.run(this.place.environment(), InputStream.nullInputStream(), (task) -> {
			begun.incrementAndGet();
			return ended::incrementAndGet;
		}, args.split(" "));

		assertThat(begun).hasValue(1);
		assertThat(ended).hasValue(1);
	}

	/** Signals during a call, and waits for no answer of it. */
	private Meanwhile asked(String call, int number) {
		AtomicReference<Meanwhile> self = new AtomicReference<>();
		Meanwhile meanwhile = new Meanwhile(this.place, call, (act) -> {
			if (act == number) {
				self.get().signalElsewhere();
			}
		}, Duration.ZERO);
		self.set(meanwhile);
		return meanwhile;
	}

	private List<JobId> enqueue(int count) {
		this.place.jobs().enqueueAll(Collections.nCopies(count, JobRequest.of("scan", "a")));
		return this.place.admin().search(JobFilter.ALL, count, null).items().stream().map(Job::id).toList();
	}

}
