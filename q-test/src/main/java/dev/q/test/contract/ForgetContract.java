package dev.q.test.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

import dev.q.job.DeadReason;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.StoredResult;
import dev.q.store.ClaimedJob;
import dev.q.test.Careers;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import dev.q.test.Race;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Taking away what jobs left behind, and nothing else.
 *
 * @since 0.1
 */
public abstract class ForgetContract extends Theme {

	private static final int ROUNDS = 100;

	@Test
	void onlyJobsThatHaveEndedAreForgotten() {
		for (JobState state : Careers.STATES) {
			JobDraft draft = aJob();
			bring(draft, state);

			List<JobDetails> forgotten = forget(draft.id());

			assertThat(forgotten).as("a job that is %s", state).hasSize(state.isTerminal() ? 1 : 0);
			assertThat(isKnown(draft.id())).isEqualTo(!state.isTerminal());
			store().control().delete(List.of(draft.id()));
		}
	}

	@Test
	void whatIsForgottenIsToldOnce() {
		ClaimedJob claimed = running(aJob());
		worker().settle(claimed, new Outcome.Succeeded(new StoredResult.Value(payload("42"))));
		JobDetails before = details(claimed.job().id());

		assertThat(forget(before.id())).containsExactly(before);
		assertThat(forget(before.id())).isEmpty();
	}

	@Test
	void aDeadJobTellsWhyWhenItIsForgotten() {
		JobDraft draft = aJob();
		bring(draft, JobState.DEAD);

		JobDetails told = forget(draft.id()).get(0);

		assertThat(told.state()).isEqualTo(JobState.DEAD);
		assertThat(told.deadReason()).isEqualTo(DeadReason.EXHAUSTED);
		assertThat(told.lastError()).isEqualTo(HandWorker.FAILURE);
	}

	@Test
	void aForgottenIdIsNewAgain() {
		JobDraft draft = aJob();
		bring(draft, JobState.SUCCEEDED);
		forget(draft.id());

		assertThat(enter(draft).stored()).isTrue();
		assertThat(worker().claimOne().job().counters().deliveries()).isOne();
	}

	@Test
	void aJobThatWasRetriedIsNotForgotten() {
		JobDraft draft = aJob();
		bring(draft, JobState.DEAD);
		store().control().retry(List.of(draft.id()));

		assertThat(forget(draft.id())).isEmpty();
		assertThat(state(draft.id())).isEqualTo(JobState.READY);
	}

	@Test
	void theKeyOfALaterJobStaysHeld() {
		JobDraft ended = aJob().uniqueBy("the one");
		bring(ended, JobState.DEAD);
		JobId later = insert(aJob().uniqueBy("the one"));

		forget(ended.id());

		assertThat(enter(aJob().uniqueBy("the one")).id()).isEqualTo(later);
	}

	@Test
	void otherQueuesAreNotLookedInto() {
		JobDraft draft = aJob().in(MAIL);
		bring(draft, JobState.SUCCEEDED);

		assertThat(forget(draft.id())).isEmpty();
		assertThat(store().control().forget(MAIL, List.of(draft.id(), draft.id()))).hasSize(1);
	}

	@Test
	void unknownJobsAndQueuesAreNoError() {
		assertThat(store().control().forget(DEFAULT, List.of())).isEmpty();
		assertThat(forget(aJob().id())).isEmpty();
		insertMany(1);
		assertThat(forget(aJob().id())).isEmpty();
	}

	@Test
	void manyJobsAreForgottenAtOnce() {
		List<JobId> ids = insertMany(1000);
		worker().claim(1000).forEach((claimed) -> worker().succeed(claimed));

		assertThat(store().control().forget(DEFAULT, ids)).extracting(JobDetails::id)
			.containsExactlyInAnyOrderElementsOf(ids);
		assertThat(all()).isEmpty();
		assertThat(stats(DEFAULT).counts().values()).allMatch((count) -> count == 0);
	}

	@Test
	void ofTwoWhoForgetAJobAtOnceOneIsTold() {
		try (Race race = Race.between(2)) {
			for (int round = 0; round < ROUNDS; round++) {
				JobDraft draft = aJob();
				bring(draft, JobState.SUCCEEDED);

				Callable<List<JobDetails>> reader = () -> forget(draft.id());
				List<List<JobDetails>> told = race.run(List.of(reader, reader));

				assertThat(told.stream().flatMap(List::stream)).extracting(JobDetails::id).containsExactly(draft.id());
				assertThat(isKnown(draft.id())).isFalse();
			}
		}
	}

	@Test
	void aJobIsEitherForgottenOrRetried() {
		try (Race race = Race.between(2)) {
			for (int round = 0; round < ROUNDS; round++) {
				JobDraft draft = aJob();
				bring(draft, JobState.DEAD);

				List<Boolean> done = race.run(List.of(() -> !forget(draft.id()).isEmpty(),
						() -> !store().control().retry(List.of(draft.id())).isEmpty()));

				assertThat(done).containsOnlyOnce(true);
				assertThat(isKnown(draft.id())).isEqualTo(done.get(1));
				store().control().delete(List.of(draft.id()));
			}
		}
	}

	@Test
	void manyWhoForgetTheSameJobsInAnyOrderDoNotHoldEachOtherUp() {
		try (Race race = Race.between(4)) {
			for (int round = 0; round < 10; round++) {
				List<JobId> ids = insertMany(50);
				worker().claim(50).forEach((claimed) -> worker().succeed(claimed));
				List<JobId> reversed = new ArrayList<>(ids);
				Collections.reverse(reversed);

				List<Integer> told = race.run(List.of(() -> store().control().forget(DEFAULT, ids).size(),
						() -> store().control().forget(DEFAULT, reversed).size(),
						() -> store().control().forget(DEFAULT, ids).size(),
						() -> store().control().delete(reversed).size()));

				assertThat(told.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
				assertThat(all()).isEmpty();
			}
		}
	}

	private List<JobDetails> forget(JobId id) {
		return store().control().forget(DEFAULT, List.of(id));
	}

}
