package dev.q.test.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.ReleaseReason;
import dev.q.job.TypeName;
import dev.q.job.UniqueKey.Conflict;
import dev.q.job.UniqueKey.Scope;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertAnswer.Accepted;
import dev.q.store.InsertAnswer.Entry;
import dev.q.store.InsertAnswer.Full;
import dev.q.store.PauseMode;
import dev.q.store.Schedule;
import dev.q.store.StoreCapability;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What becomes of jobs whose key is taken.
 *
 * @since 0.1
 */
public abstract class UniqueConflictContract extends KeyTheme {

	private static final List<Conflict> CHANGES = List.of(Conflict.REPLACE_PAYLOAD, Conflict.RUN_AGAIN_AFTER);

	@BeforeEach
	void onlyWhereJobsCanBeChanged() {
		assumeThat(store().capabilities()).contains(StoreCapability.UNIQUE_SCOPES, StoreCapability.UNIQUE_UPDATES);
	}

	private static JobDraft next(Conflict conflict) {
		return aJob().uniqueBy(KEY, Scope.UNTIL_DONE, conflict);
	}

	@Test
	void aJobThatHasNotStartedGetsTheNewPayload() {
		for (Conflict conflict : CHANGES) {
			JobDraft first = aJob().withPriority(3)
				.annotated(Set.of("kept"), Map.of("a", "b"))
				.in(new QueueName("queue-" + conflict))
				.uniqueBy(KEY);
			insert(first);
			JobDraft second = next(conflict).in(first.spec().queue())
				.ofType(new TypeName("other"))
				.carrying(Payload.json("{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
				.delayedBy(hours(1));

			assertThat(enter(second)).isEqualTo(Entry.changed(first.id()));

			JobSpec wanted = first.spec().withPayloadOf(second.spec());
			assertThat(job(first.id()).spec()).isEqualTo(wanted);
			assertThat(isKnown(second.id())).isFalse();
			assertThat(worker().on(first.spec().queue()).claimOne().job().spec()).isEqualTo(wanted);
		}
	}

	@Test
	void payloadsOfAllKindsAndSizesReplaceEachOther() {
		JobDraft first = aJob().uniqueBy(KEY);
		insert(first);
		for (Payload payload : List.of(Payload.EMPTY, Payload.octets(new byte[100_000]),
				Payload.of("text/x; a=b", new byte[] { 1 }), Payload.json(new byte[] { '1' }), payload("last"))) {
			assertThat(enter(next(Conflict.REPLACE_PAYLOAD).carrying(payload))).isEqualTo(Entry.changed(first.id()));
			assertThat(job(first.id()).spec()).isEqualTo(first.carrying(payload).spec());
		}
	}

	@Test
	void aJobThatHasNotStartedGetsTheNewTime() {
		JobId id = insert(aJob().uniqueBy(KEY));

		assertThat(enter(next(Conflict.RESCHEDULE).delayedBy(hours(1)))).isEqualTo(Entry.changed(id));
		assertThat(state(id)).isEqualTo(JobState.SCHEDULED);
		assertThat(job(id).times().runAt()).isEqualTo(now().plus(hours(1)));
		assertThat(worker().claim(1)).isEmpty();
		assertThat(enter(next(Conflict.RESCHEDULE).due(Due.at(now().plus(minutes(1)))))).isEqualTo(Entry.changed(id));
		assertThat(job(id).times().runAt()).isEqualTo(now().plus(minutes(1)));
		assertThat(enter(next(Conflict.RESCHEDULE))).isEqualTo(Entry.changed(id));
		assertThat(worker().claimIds(1)).containsExactly(id);
	}

	@Test
	void aReadyJobThatIsToBeReadyKeepsItsPlace() {
		JobId id = insert(aJob().uniqueBy(KEY));
		insert(aJob());

		assertThat(enter(next(Conflict.RESCHEDULE))).isEqualTo(Entry.changed(id));

		assertThat(worker().claimIds(1)).containsExactly(id);
	}

	@Test
	void aJobThatHasStartedIsLeftAlone() {
		for (Conflict conflict : List.of(Conflict.REPLACE_PAYLOAD, Conflict.RESCHEDULE, Conflict.THROW,
				Conflict.RETURN_EXISTING)) {
			for (JobState state : List.of(JobState.RUNNING, JobState.RETRYING)) {
				JobDraft first = aJob().in(new QueueName(conflict + "-" + state)).uniqueBy(KEY);
				bring(first, state);

				assertThat(enter(next(conflict).in(first.spec().queue()).delayedBy(hours(2))))
					.isEqualTo(new Entry(first.id(), false));
				assertThat(job(first.id()).spec()).isEqualTo(first.spec());
				assertThat(state(first.id())).isEqualTo(state);
			}
		}
	}

	@Test
	void aJobThatWasEverClaimedHasStarted() {
		ClaimedJob job = running(aJob().uniqueBy(KEY));
		worker().handBack(job);
		assertThat(enter(next(Conflict.REPLACE_PAYLOAD))).isEqualTo(new Entry(job.job().id(), false));
		worker().release(worker().claimOne(), ReleaseReason.SNOOZE, hours(1));
		assertThat(enter(next(Conflict.RESCHEDULE))).isEqualTo(new Entry(job.job().id(), false));
		worker().on(MAIL).claim(1);
		store().control().cancel(List.of(job.job().id()), "called off");
		store().control().retry(List.of(job.job().id()));

		assertThat(enter(next(Conflict.REPLACE_PAYLOAD))).isEqualTo(new Entry(job.job().id(), false));
	}

	@Test
	void aDeadJobAndAnEmptyWindowAreLeftAlone() {
		JobId dead = insert(aJob().uniqueBy(KEY, Scope.UNTIL_SUCCESS, Conflict.THROW));
		worker().bury(worker().claimOne());
		JobId gone = insert(aJob().in(MAIL).uniqueBy(KEY, new Scope.Window(hours(1)), Conflict.THROW));
		store().control().delete(List.of(gone));

		for (Conflict conflict : List.of(Conflict.REPLACE_PAYLOAD, Conflict.RESCHEDULE)) {
			assertThat(enter(next(conflict))).isEqualTo(new Entry(dead, false));
			assertThat(enter(next(conflict).in(MAIL))).isEqualTo(new Entry(gone, false));
		}
	}

	@Test
	void whoReusesTheIdOfAJobThatIsGoneIsNotTheHolder() {
		JobDraft gone = aJob().uniqueBy(KEY, new Scope.Window(hours(1)), Conflict.THROW);
		insert(gone);
		store().control().delete(List.of(gone.id()));
		JobDraft other = aJob().as(gone.id());
		insert(other);

		assertThat(enter(next(Conflict.REPLACE_PAYLOAD))).isEqualTo(new Entry(gone.id(), false));
		assertThat(job(gone.id()).spec()).isEqualTo(other.spec());
	}

	@Test
	void freeKeysAreTakenWhateverTheConflict() {
		for (Conflict conflict : Conflict.values()) {
			JobDraft draft = next(conflict).in(new QueueName("queue-" + conflict));
			insert(draft);
			assertThat(enter(aJob().in(draft.spec().queue()).uniqueBy(KEY))).isEqualTo(new Entry(draft.id(), false));
		}
	}

	@Test
	void aKnownIdChangesNothing() {
		JobDraft first = aJob().uniqueBy(KEY);
		insert(first);
		JobDraft known = aJob();
		insert(known);

		assertThat(enter(next(Conflict.REPLACE_PAYLOAD).as(known.id()))).isEqualTo(new Entry(known.id(), false));
		assertThat(enter(next(Conflict.REPLACE_PAYLOAD).as(first.id()))).isEqualTo(new Entry(first.id(), false));
		assertThat(job(first.id()).spec()).isEqualTo(first.spec());
	}

	@Test
	void jobsOfAGroupMeetEachOtherInTheirOrder() {
		JobDraft holder = aJob().uniqueBy(KEY);
		JobDraft second = next(Conflict.REPLACE_PAYLOAD);
		JobDraft third = next(Conflict.RUN_AGAIN_AFTER);
		JobDraft fourth = next(Conflict.RESCHEDULE).delayedBy(hours(1));
		JobDraft fifth = next(Conflict.RETURN_EXISTING);

		assertThat(offer(0, holder, second, third, fourth, fifth))
			.isEqualTo(new Accepted(List.of(new Entry(holder.id(), true), Entry.changed(holder.id()),
					Entry.changed(holder.id()), Entry.changed(holder.id()), new Entry(holder.id(), false))));
		assertThat(job(holder.id()).spec()).isEqualTo(holder.spec().withPayloadOf(third.spec()));
		assertThat(state(holder.id())).isEqualTo(JobState.SCHEDULED);
	}

	@Test
	void groupsOfACallMeetEachOtherInTheirOrder() {
		JobDraft holder = aJob().uniqueBy(KEY);
		JobDraft second = next(Conflict.REPLACE_PAYLOAD);

		assertThat(store().work().insert(List.of(group(0, List.of(holder)), group(5, List.of(second)))))
			.containsExactly(new Accepted(List.of(new Entry(holder.id(), true))),
					new Accepted(List.of(Entry.changed(holder.id()))));
		assertThat(job(holder.id()).spec().payload()).isEqualTo(second.spec().payload());
	}

	@Test
	void aRefusedGroupChangesNothing() {
		JobDraft first = aJob().uniqueBy(KEY);
		insert(first);

		assertThat(offer(1, next(Conflict.REPLACE_PAYLOAD), aJob())).isEqualTo(new Full(1, 1));
		assertThat(offer(1, next(Conflict.RESCHEDULE).delayedBy(hours(1)),
				aJob().uniqueBy("other", Scope.PENDING, Conflict.THROW)))
			.isEqualTo(new Full(1, 1));

		assertThat(job(first.id()).spec()).isEqualTo(first.spec());
		assertThat(state(first.id())).isEqualTo(JobState.READY);
		insert(aJob().uniqueBy("other"));
	}

	@Test
	void aJobThatChangesAnotherNeedsNoRoom() {
		JobId id = insert(aJob().uniqueBy(KEY));

		assertThat(offer(1, next(Conflict.REPLACE_PAYLOAD), next(Conflict.RUN_AGAIN_AFTER)))
			.isEqualTo(new Accepted(List.of(Entry.changed(id), Entry.changed(id))));
	}

	@Test
	void aPausedQueueTakesInNoChange() {
		JobDraft first = aJob().uniqueBy(KEY);
		insert(first);
		store().control().pause(DEFAULT, PauseMode.IN);

		assertThat(offer(0, next(Conflict.REPLACE_PAYLOAD))).isEqualTo(new InsertAnswer.Paused());
		assertThat(job(first.id()).spec()).isEqualTo(first.spec());
	}

	@Test
	void aTickMayChangeTheJobOfTheOneBefore() {
		JobDraft first = aJob().uniqueBy(KEY);
		insert(first);
		Schedule due = new Schedule("often", "every 1s", "UTC", aJob().spec(), now());
		store().schedules().save(List.of(due));
		JobDraft tick = next(Conflict.RUN_AGAIN_AFTER);

		assertThat(store().schedules().fire(due, due.nextAt().plusSeconds(1), tick.toNewJob())).isTrue();

		assertThat(job(first.id()).spec().payload()).isEqualTo(tick.spec().payload());
		assertThat(stats(DEFAULT).waiting()).isOne();
	}

}
