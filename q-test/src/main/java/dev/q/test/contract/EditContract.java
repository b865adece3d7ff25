package dev.q.test.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.store.ClaimedJob;
import dev.q.store.JobControl.Edit;
import dev.q.store.JobControl.EditAnswer;
import dev.q.test.Careers;
import dev.q.test.JobDraft;
import dev.q.test.Race;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Jobs that are changed by hand.
 *
 * @since 0.1
 */
public abstract class EditContract extends Theme {

	@Test
	void aJobThatNeitherRunsNorSucceededCanBeChangedAndStaysWhereItIs() {
		for (JobState state : Careers.STATES) {
			JobDraft draft = aJob().in(new QueueName("queue-" + state));
			bring(draft, state);
			Job seen = job(draft.id());
			if (state == JobState.RUNNING || state == JobState.SUCCEEDED) {
				assertThatIllegalArgumentException().isThrownBy(() -> edit(seen, "new"))
					.withMessageContaining(seen.id().toString())
					.withMessageContaining(state.name());
			}
			else {
				assertThat(edit(seen, "new")).as("edit of a job that is %s", state).isEqualTo(EditAnswer.DONE);
				assertThat(job(draft.id()))
					.isEqualTo(new Job(seen.id(), carrying(seen, "new"), state, seen.counters(), seen.times()));
				checkInvariants();
			}
		}
	}

	@Test
	void whatIsClaimedIsWhatWasWanted() {
		Job seen = job(insert(aJob().annotated(Set.of("old"), Map.of("h", "1"))));
		JobSpec spec = seen.spec();
		JobSpec wanted = new JobSpec(spec.queue(), spec.type(), 7,
				Payload.json("{\"a\":1}".getBytes(StandardCharsets.UTF_8)), 2, spec.limits(), spec.delivery(),
				spec.durability(), spec.unique(), spec.retry(), Set.of("new", "newer"), Map.of("i", "2\n3"));

		assertThat(edit(seen, wanted)).isEqualTo(EditAnswer.DONE);
		assertThat(worker().claimOne().job().spec()).isEqualTo(wanted);
	}

	@Test
	void aReadyJobKeepsItsPlaceUnlessItsPriorityChanges() {
		List<JobId> ids = insertMany(3);
		edit(job(ids.get(0)), "new");
		assertThat(worker().claimIds(1)).containsExactly(ids.get(0));

		edit(job(ids.get(1)), job(ids.get(1)).spec().withPriority(6));
		assertThat(worker().claimIds(3)).containsExactly(ids.get(2), ids.get(1));
	}

	@Test
	void aReadyJobGoesToTheEndOfItsNewPriority() {
		JobId a = insert(aJob());
		JobId b = insert(aJob().withPriority(3));
		assertThat(edit(job(a), job(a).spec().withPriority(3))).isEqualTo(EditAnswer.DONE);
		JobId c = insert(aJob().withPriority(3));

		assertThat(worker().claimIds(10)).containsExactly(b, a, c);
	}

	@Test
	void aPriorityThatNoJobOfTheQueueHadIsServed() {
		JobId id = insert(aJob());
		edit(job(id), job(id).spec().withPriority(0));

		assertThat(worker().claimIds(1)).containsExactly(id);
	}

	@Test
	void aDelayedJobKeepsItsTimeAndComesWithItsNewPriority() {
		JobId first = insert(aJob().delayedBy(minutes(1)));
		JobId urgent = insert(aJob().delayedBy(minutes(1)));
		edit(job(urgent), job(urgent).spec().withPriority(1));

		assertThat(job(urgent).times().runAt()).isEqualTo(now().plus(minutes(1)));
		pass(minutes(1));
		assertThat(promote()).isEqualTo(2);
		assertThat(worker().claimIds(2)).containsExactly(urgent, first);
	}

	@Test
	void aJobThatWaitsForItsRetryOrIsOnHoldStaysSo() {
		JobDraft draft = aJob();
		bring(draft, JobState.RETRYING);
		assertThat(edit(job(draft.id()), job(draft.id()).spec().withPriority(1))).isEqualTo(EditAnswer.DONE);
		assertThat(state(draft.id())).isEqualTo(JobState.RETRYING);

		store().control().hold(List.of(draft.id()));
		assertThat(edit(job(draft.id()), job(draft.id()).spec().withPriority(2))).isEqualTo(EditAnswer.DONE);
		assertThat(job(draft.id()).isHeld()).isTrue();
		store().control().release(List.of(draft.id()));
		assertThat(worker().claimOne().job().spec().priority()).isEqualTo(2);
	}

	@Test
	void aJobThatEndedCanBeChangedAndBroughtBackInOneStep() {
		for (JobState state : List.of(JobState.DEAD, JobState.CANCELLED)) {
			JobDraft draft = aJob().in(new QueueName("queue-" + state));
			bring(draft, state);
			mend(draft);
		}
		JobDraft draft = aJob().livingFor(minutes(1));
		insert(draft);
		pass(minutes(1));
		expire();
		mend(draft);
	}

	private void mend(JobDraft draft) {
		Job seen = job(draft.id());
		Edit edit = new Edit(seen, carrying(seen, "mended").withPriority(1), Edit.Then.RETRY);

		assertThat(store().control().edit(edit)).isEqualTo(EditAnswer.DONE);
		JobCounters before = seen.counters();
		assertThat(state(draft.id())).isEqualTo(JobState.READY);
		assertThat(job(draft.id()).counters())
			.isEqualTo(new JobCounters(0, before.deliveries(), 0, before.nacks(), before.releases()));
		assertThat(details(draft.id()).deadReason()).isNull();
		checkInvariants();
		ClaimedJob claimed = worker().on(draft.spec().queue()).claimOne();
		assertThat(claimed.job().spec()).isEqualTo(edit.wanted());
		worker().succeed(claimed);
	}

	@Test
	void nothingIsChangedIfTheJobCannotComeBack() {
		JobDraft draft = aJob().uniqueBy("key");
		bring(draft, JobState.DEAD);
		insert(aJob().uniqueBy("key"));
		Job seen = job(draft.id());

		assertThat(store().control().edit(new Edit(seen, carrying(seen, "mended"), Edit.Then.RETRY)))
			.isEqualTo(EditAnswer.KEY_TAKEN);
		assertThat(job(draft.id())).isEqualTo(seen);
	}

	@Test
	void aJobThatComesBackHoldsItsKeyAgain() {
		JobDraft draft = aJob().uniqueBy("key");
		bring(draft, JobState.DEAD);
		Job seen = job(draft.id());
		store().control().edit(new Edit(seen, carrying(seen, "mended"), Edit.Then.RETRY));

		assertThat(enter(aJob().uniqueBy("key")).id()).isEqualTo(draft.id());
	}

	@Test
	void theSecondOfTwoEditsIsRefused() {
		Job seen = job(insert(aJob()));

		assertThat(edit(seen, "first")).isEqualTo(EditAnswer.DONE);
		assertThat(edit(seen, "second")).isEqualTo(EditAnswer.CHANGED);
		assertThat(edit(seen, seen.spec().withPriority(1))).isEqualTo(EditAnswer.CHANGED);
		assertThat(job(seen.id()).spec()).isEqualTo(carrying(seen, "first"));
	}

	@Test
	void aJobThatIsEditedWhileManyClaimIsFound() {
		for (int round = 0; round < 20; round++) {
			JobId id = insert(aJob());
			List<Integer> claims = Race.of(4, (i) -> () -> {
				int claimed = 0;
				for (int n = 0; n < 10; n++) {
					Job seen = job(id);
					claimed += (i % 2 == 0) ? worker("worker-" + i).claim(1).size() : 0;
					if (i % 2 != 0 && seen.state() == JobState.READY) {
						edit(seen, "edit-" + i + "-" + n);
					}
				}
				return claimed;
			});
			int already = claims.stream().mapToInt(Integer::intValue).sum();

			assertThat(already + worker().claim(1).size()).isOne();
			store().control().delete(List.of(id));
		}
	}

	@Test
	void aJobThatHasMovedOnIsNotChanged() {
		Job ready = job(insert(aJob()));
		ClaimedJob claimed = worker().claimOne();
		assertThat(edit(ready, "new")).isEqualTo(EditAnswer.CHANGED);

		worker().handBack(claimed);
		assertThat(edit(ready, "new")).as("ready again, after a delivery").isEqualTo(EditAnswer.CHANGED);

		Job seen = job(ready.id());
		store().control().cancel(List.of(ready.id()), "called off");
		assertThat(edit(seen, "new")).isEqualTo(EditAnswer.CHANGED);
		store().control().delete(List.of(ready.id()));
		assertThat(edit(seen, "new")).isEqualTo(EditAnswer.UNKNOWN);
		assertThat(all()).isEmpty();
	}

	@Test
	void partsThatOthersGoByCannotBeChanged() {
		Job seen = job(insert(aJob().uniqueBy("key")));

		assertThatIllegalArgumentException().isThrownBy(() -> edit(seen, aJob().in(MAIL).spec()))
			.withMessageContaining(seen.id().toString());
		assertThatIllegalArgumentException().isThrownBy(() -> edit(seen, seen.spec().withUnique(null)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> edit(seen, seen.spec().withLimits(seen.spec().limits().withMaxAttempts(3))));
		assertThatIllegalArgumentException().isThrownBy(() -> new Edit(seen, seen.spec(), Edit.Then.RETRY))
			.withMessageContaining("READY");
	}

	@Test
	void anEditedJobExpiresAndIsRescheduledAsBefore() {
		JobId id = insert(aJob().livingFor(hours(1)).delayedBy(minutes(1)));
		edit(job(id), job(id).spec().withPriority(0));
		store().control().reschedule(List.of(id), Due.in(minutes(30)));
		assertThat(job(id).spec().priority()).isZero();
		pass(hours(1));

		assertThat(expire()).hasSize(1);
		assertThat(state(id)).isEqualTo(JobState.EXPIRED);
	}

	@Test
	void whatWasLeftInTheOldPriorityDoesNotStartTheJobTwice() {
		JobId id = insert(aJob());
		for (int priority : List.of(4, 6, 5, 4, 5)) {
			assertThat(edit(job(id), job(id).spec().withPriority(priority))).isEqualTo(EditAnswer.DONE);
		}
		assertThat(worker().claimIds(10)).containsExactly(id);
		assertThat(worker().claim(10)).isEmpty();
	}

	private EditAnswer edit(Job seen, String payload) {
		return edit(seen, carrying(seen, payload));
	}

	private EditAnswer edit(Job seen, JobSpec wanted) {
		return store().control().edit(new Edit(seen, wanted, Edit.Then.STAY));
	}

	private static JobSpec carrying(Job job, String payload) {
		JobSpec spec = job.spec();
		return new JobSpec(spec.queue(), spec.type(), spec.payloadVersion(), payload(payload), spec.priority(),
				spec.limits(), spec.delivery(), spec.durability(), spec.unique(), spec.retry(), spec.tags(),
				spec.headers());
	}

}
