package dev.q.test.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import dev.q.admin.JobAdmin;
import dev.q.admin.explain.Explanation;
import dev.q.admin.explain.Moment;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.Outcome;
import dev.q.job.ReleaseReason;
import dev.q.job.history.AttemptHistory;
import dev.q.job.history.AttemptOutcome;
import dev.q.store.ClaimedJob;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * What explanations tell of the course of a job: each attempt that is kept, among the
 * other moments.
 *
 * @since 0.1
 */
public abstract class TimelineContract extends Theme {

	@Test
	void theTimelineTellsTheCourseOfAJob() {
		JobId id = insert(aJob().delayedBy(minutes(1)));
		pass(minutes(2));
		ClaimedJob claimed = worker().claimOne();
		pass(seconds(5));
		worker().succeed(claimed);

		Explanation explanation = explain(id);
		assertThat(events(id)).containsExactly("CREATED", "DUE", "STARTED", "ATTEMPT_ENDED", "FINISHED");
		assertThat(explanation.timeline()).extracting((moment) -> Duration.between(moment.at(), now()))
			.containsExactly(seconds(125), seconds(65), seconds(5), Duration.ZERO, Duration.ZERO)
			.isSortedAccordingTo(Comparator.reverseOrder());
		assertThat(explanation.toMap()).containsEntry("state", "SUCCEEDED")
			.containsEntry("claimable", false)
			.hasEntrySatisfying("timeline", (moments) -> assertThat((Collection<?>) moments).hasSize(5));
	}

	@Test
	void eachAttemptSaysWhoHadTheJobAndHowItEnded() {
		JobId id = insert(aJob());
		ClaimedJob first = worker("worker-7").claimOne();
		Instant start = now();
		pass(seconds(3));
		worker("worker-7").settle(first, new Outcome.Retry(minutes(5), JobError.of("x.Timeout", "no\nanswer")));

		assertThat(events(id)).containsExactly("CREATED", "STARTED", "ATTEMPT_ENDED", "DUE");
		Moment begun = explain(id).timeline().get(1);
		assertThat(begun.at()).isEqualTo(start);
		assertThat(begun.text()).isEqualTo("attempt 1 began on worker worker-7");
		assertThat(begun.evidence()).containsExactly(entry("attempt", 1), entry("worker", "worker-7"));
		Moment ended = explain(id).timeline().get(2);
		assertThat(ended.at()).isEqualTo(now());
		assertThat(ended.text()).isEqualTo("attempt 1 failed: x.Timeout: no\\u000aanswer");
		assertThat(ended.evidence()).containsExactly(entry("attempt", 1), entry("outcome", "FAILED"),
				entry("worker", "worker-7"), entry("failureType", "x.Timeout"), entry("failure", "no\nanswer"));
		assertThat(explain(id).timeline().get(3).at()).isEqualTo(now().plus(minutes(5)));
	}

	@Test
	void attemptsStandInOrderUntilTheEndOfTheJob() {
		JobId id = insert(aJob());
		worker().fail(worker().claimOne(), seconds(1));
		pass(seconds(2));
		worker().release(worker().claimOne(), ReleaseReason.SNOOZE, seconds(1));
		pass(seconds(2));
		worker().claimOne();
		passLease();
		recover();
		worker().bury(worker().claimOne());

		assertThat(outcomes(id)).containsExactly("FAILED", "SNOOZED", "LOST", "DEAD");
		assertThat(events(id)).startsWith("CREATED", "STARTED", "ATTEMPT_ENDED")
			.endsWith("STARTED", "ATTEMPT_ENDED", "FINISHED");
		assertThat(explain(id).timeline()).extracting(Moment::at).isSorted();
		assertThat(explain(id).text()).contains("attempt 3 was lost with its worker",
				"attempt 4 failed for good: test.Failure: it did not work");
	}

	@Test
	void whatHappenedAtOneMomentIsToldInItsOrder() {
		JobId id = insert(aJob());
		worker().fail(worker().claimOne(), Duration.ZERO);

		assertThat(events(id)).containsExactly("CREATED", "STARTED", "ATTEMPT_ENDED", "DUE");
		worker().claimOne();
		assertThat(events(id)).containsExactly("CREATED", "STARTED", "ATTEMPT_ENDED", "DUE", "STARTED");
		store().control().cancel(List.of(id), "called off");
		assertThat(events(id)).containsExactly("CREATED", "STARTED", "ATTEMPT_ENDED", "DUE", "STARTED", "ATTEMPT_ENDED",
				"FINISHED");
		assertThat(outcomes(id)).containsExactly("FAILED", "CANCELLED");
	}

	@Test
	void attemptsBeforeAManualRetryAreTold() {
		JobId id = insert(aJob());
		worker().bury(worker().claimOne());
		store().control().retry(List.of(id));
		worker().claimOne();

		assertThat(outcomes(id)).containsExactly("DEAD");
		assertThat(explain(id).text()).contains("attempt 1 failed for good", "attempt 2 began on worker worker-1");
	}

	@Test
	void attemptsThatAreNotKeptAreSaidToBeMissing() {
		JobId id = insert(aJob());
		for (int i = 0; i < AttemptHistory.MOST; i++) {
			worker().fail(worker().claimOne(), Duration.ZERO);
			pass(seconds(1));
		}
		assertThat(events(id)).doesNotContain("ATTEMPTS_FORGOTTEN");
		worker().fail(worker().claimOne(), Duration.ZERO);
		assertThat(explain(id).text()).contains("attempt 1 was made before; nothing else is kept of it");
		worker().fail(worker().claimOne(), Duration.ZERO);

		List<Moment> timeline = explain(id).timeline();
		assertThat(events(id)).startsWith("CREATED", "ATTEMPTS_FORGOTTEN", "STARTED");
		assertThat(timeline.get(1).text()).isEqualTo("attempts 1 to 2 were made before; nothing else is kept of them");
		assertThat(timeline.get(1).evidence()).containsExactly(entry("attempts", 2));
		assertThat(timeline.get(2).evidence()).contains(entry("attempt", 3));
		assertThat(outcomes(id)).hasSize(AttemptHistory.MOST).containsOnly(AttemptOutcome.FAILED.name());
	}

	@Test
	void aJobThatWasNeverClaimedHasNoAttempts() {
		JobId id = insert(aJob().livingFor(minutes(1)));

		assertThat(events(id)).containsExactly("CREATED", "DUE", "EXPIRES");
	}

	private List<String> events(JobId id) {
		return explain(id).timeline().stream().map((moment) -> moment.event().name()).toList();
	}

	private List<Object> outcomes(JobId id) {
		List<Object> outcomes = new ArrayList<>();
		explain(id).timeline().forEach((moment) -> {
			if (moment.event() == Moment.Event.ATTEMPT_ENDED) {
				outcomes.add(moment.evidence().getOrDefault("outcome", "none"));
			}
		});
		return outcomes;
	}

	private Explanation explain(JobId id) {
		return new JobAdmin(store()).explain(id);
	}

}
