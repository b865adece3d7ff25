package dev.q.test.contract;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.ReleaseReason;
import dev.q.job.UniqueKey.Conflict;
import dev.q.job.UniqueKey.Scope;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer.Accepted;
import dev.q.store.InsertAnswer.Entry;
import dev.q.store.InsertAnswer.Full;
import dev.q.store.Retention;
import dev.q.store.StoreCapability;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Jobs that wait for their key, and run when who holds it lets go.
 *
 * @since 0.1
 */
public abstract class UniqueSuccessionContract extends KeyTheme {

	@BeforeEach
	void onlyWhereJobsCanWaitForKeys() {
		assumeThat(store().capabilities()).contains(StoreCapability.UNIQUE_SCOPES, StoreCapability.UNIQUE_UPDATES);
	}

	@Test
	void aJobWaitsForTheOneThatRunsAndFollowsIt() {
		ClaimedJob first = running(again());
		JobId second = insert(again());

		assertThat(state(second)).isEqualTo(JobState.BLOCKED);
		assertThat(stats(DEFAULT).count(JobState.BLOCKED)).isOne();
		assertThat(stats(DEFAULT).waiting()).isOne();
		assertKeyIsHeldBy(first.job().id());
		assertThat(worker().claim(1)).isEmpty();
		promote();
		assertThat(worker().claim(1)).isEmpty();

		worker().succeed(first);

		assertThat(state(second)).isEqualTo(JobState.READY);
		assertThat(stats(DEFAULT).count(JobState.BLOCKED)).isZero();
		assertKeyIsHeldBy(second);
		worker().succeed(worker().claimOne());
		insert(aJob().uniqueBy(KEY));
	}

	@Test
	void whateverEndsTheHolderLetsTheNextOneRunOnce() {
		endings().forEach((name, ending) -> {
			QueueName queue = new QueueName(name);
			ClaimedJob claimed = running(aJob().in(queue).uniqueBy(KEY).survivingLessThan(1));
			JobId second = insert(again().in(queue));

			ending.accept(claimed);

			assertThat(worker().on(queue).claimIds(2)).as("after %s", name).containsExactly(second);
		});
	}

	private Map<String, Consumer<ClaimedJob>> endings() {
		HandWorker forgetful = worker()
			.keeping(new Retention(Duration.ZERO, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO));
		Map<String, Consumer<ClaimedJob>> endings = new TreeMap<>();
		endings.put("success", worker()::succeed);
		endings.put("success-unkept", forgetful::succeed);
		endings.put("death", worker()::bury);
		endings.put("death-unkept", forgetful::bury);
		endings.put("called-off", worker()::callOff);
		endings.put("cancelled", (job) -> store().control().cancel(List.of(job.job().id()), "called off"));
		endings.put("deleted", (job) -> store().control().delete(List.of(job.job().id())));
		endings.put("retried-and-cancelled", (job) -> {
			worker().fail(job, hours(1));
			store().control().cancel(List.of(job.job().id()), "called off");
		});
		endings.put("crashed", (job) -> {
			passLease();
			recover();
		});
		return endings;
	}

	@Test
	void whileTheHolderLivesNothingFollows() {
		ClaimedJob first = running(aJob().uniqueBy(KEY));
		JobId second = insert(again());
		worker().fail(first, Duration.ZERO);
		worker().handBack(worker().claimOne());
		worker().release(worker().claimOne(), ReleaseReason.NACK, Duration.ZERO);
		worker().claimOne();
		passLease();
		recover();

		assertThat(worker().claimIds(2)).containsExactly(first.job().id());
		assertThat(state(second)).isEqualTo(JobState.BLOCKED);
	}

	@Test
	void anExpiredHolderIsFollowedToo() {
		insert(aJob().uniqueBy(KEY).livingFor(hours(1)));
		worker().fail(worker().claimOne(), hours(2));
		JobId second = insert(again());
		pass(hours(1));
		expire();

		assertThat(worker().claimIds(2)).containsExactly(second);
	}

	@Test
	void ofManyThatWaitThereIsOneWithTheNewestPayload() {
		ClaimedJob first = running(aJob().uniqueBy(KEY));
		JobDraft second = again();
		JobDraft third = again();
		insert(second);

		assertThat(enter(third)).isEqualTo(Entry.changed(second.id()));
		assertThat(offer(0, again(), third))
			.isEqualTo(new Accepted(List.of(Entry.changed(second.id()), Entry.changed(second.id()))));

		assertThat(isKnown(third.id())).isFalse();
		worker().succeed(first);
		ClaimedJob claimed = worker().claimOne();
		assertThat(claimed.job().id()).isEqualTo(second.id());
		assertThat(claimed.job().spec()).isEqualTo(second.spec().withPayloadOf(third.spec()));
		assertThat(worker().claim(1)).isEmpty();
	}

	@Test
	void aGroupMayBringTheOneThatWaitsAndItsPayload() {
		running(aJob().uniqueBy(KEY));
		JobDraft second = again();
		JobDraft third = again();

		assertThat(offer(1, second, third))
			.isEqualTo(new Accepted(List.of(new Entry(second.id(), true), Entry.changed(second.id()))));
		assertThat(job(second.id()).spec().payload()).isEqualTo(third.spec().payload());
	}

	@Test
	void otherConflictsLeaveTheOneThatWaitsAlone() {
		JobId first = running(aJob().uniqueBy(KEY)).job().id();
		JobDraft second = again();
		insert(second);

		for (Conflict conflict : List.of(Conflict.REPLACE_PAYLOAD, Conflict.RESCHEDULE, Conflict.THROW)) {
			assertThat(enter(aJob().uniqueBy(KEY, Scope.UNTIL_DONE, conflict))).isEqualTo(new Entry(first, false));
		}
		assertThat(enter(second)).isEqualTo(new Entry(second.id(), false));
		assertThat(job(second.id()).spec()).isEqualTo(second.spec());
	}

	@Test
	void aJobThatWaitsNeedsRoom() {
		running(aJob().uniqueBy(KEY));
		insert(aJob());

		assertThat(offer(1, again())).isEqualTo(new Full(1, 1));
		assertThat(offer(2, again())).isInstanceOf(Accepted.class);
		assertThat(offer(2, again())).isInstanceOf(Accepted.class);
		assertThat(offer(2, aJob())).isEqualTo(new Full(2, 2));
	}

	@Test
	void aJobThatWaitsMayEndBeforeItsTurn() {
		ClaimedJob first = running(aJob().uniqueBy(KEY));
		JobId second = insert(again());
		store().control().cancel(List.of(second), "called off");
		JobId third = insert(again());
		store().control().delete(List.of(third));
		insert(again().livingFor(seconds(1)));
		pass(seconds(1));
		expire();

		worker().succeed(first);

		assertThat(worker().claim(1)).isEmpty();
		insert(aJob().uniqueBy(KEY));
		assertThat(store().control().retry(List.of(second))).isEmpty();
	}

	@Test
	void whoIsMeantWithTheHolderEndsWithItThoughItLeavesItsStateByThat() {
		Set<JobState> both = EnumSet.of(JobState.RUNNING, JobState.BLOCKED);
		List<JobId> cancelled = List.of(running(aJob().uniqueBy(KEY)).job().id(), insert(again()));

		assertThat(store().control().cancel(cancelled, both, "called off"))
			.containsExactlyInAnyOrderElementsOf(cancelled);

		List<JobId> deleted = List.of(running(aJob().uniqueBy(KEY)).job().id(), insert(again()));
		assertThat(store().control().delete(deleted, both)).containsExactlyInAnyOrderElementsOf(deleted);
		assertThat(worker().claim(1)).isEmpty();
	}

	@Test
	void aJobThatWaitsCanBeGivenNoOtherTimeAndNotBeHeld() {
		ClaimedJob first = running(aJob().uniqueBy(KEY));
		JobId second = insert(again());

		assertThat(store().control().reschedule(List.of(second), Due.in(hours(1)))).isEmpty();
		assertThat(store().control().reschedule(List.of(second), Due.NOW)).isEmpty();
		assertThat(store().control().hold(List.of(second))).isEmpty();
		assertThat(store().control().release(List.of(second))).isEmpty();

		worker().succeed(first);
		assertThat(worker().claimIds(1)).containsExactly(second);
	}

	@Test
	void aDelayedJobWaitsForItsKeyAndItsTime() {
		ClaimedJob first = running(aJob().uniqueBy(KEY));
		JobId second = insert(again().delayedBy(seconds(5)));
		assertThat(state(second)).isEqualTo(JobState.BLOCKED);

		worker().succeed(first);

		assertThat(state(second)).isEqualTo(JobState.SCHEDULED);
		assertThat(job(second).times().runAt()).isEqualTo(now().plus(seconds(5)));
		assertKeyIsHeldBy(second);
		pass(seconds(5));
		assertThat(worker().claimIds(1)).containsExactly(second);
	}

	@Test
	void aJobIsReadyFromWhenItHadItsKey() {
		ClaimedJob first = running(aJob().uniqueBy(KEY));
		JobId second = insert(again());
		JobId other = insert(aJob());
		pass(seconds(5));

		worker().succeed(first);

		assertThat(job(second).times().runAt()).isEqualTo(now());
		assertThat(worker().claimIds(2)).containsExactly(other, second);
	}

	@Test
	void jobsMayFollowEachOtherForEver() {
		ClaimedJob running = running(again());
		for (int i = 0; i < 5; i++) {
			JobId next = insert(again());
			worker().succeed(running);
			running = worker().claimOne();
			assertThat(running.job().id()).isEqualTo(next);
		}
	}

}
