package dev.q.test.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import dev.q.job.DeadReason;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.ReleaseReason;
import dev.q.job.UniqueKey;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer;
import dev.q.store.Retention;
import dev.q.store.StoreCapability;
import dev.q.test.Careers;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Keys of which a queue holds one living job at most.
 *
 * @since 0.1
 */
public abstract class UniqueContract extends KeyTheme {

	@Test
	void aTakenKeyIsAnsweredWithTheJobThatHoldsIt() {
		JobId holder = insert(aJob().uniqueBy(KEY));
		JobDraft second = aJob().uniqueBy(KEY);

		assertThat(enter(second)).isEqualTo(new InsertAnswer.Entry(holder, false));
		assertThat(isKnown(second.id())).isFalse();
		assertThat(stats(DEFAULT).waiting()).isOne();
	}

	@Test
	void aProducerThatWantsAnErrorIsAnsweredTheSame() {
		JobId holder = insert(aJob().uniqueBy(KEY));
		JobDraft second = aJob();
		UniqueKey strict = new UniqueKey(KEY, UniqueKey.Scope.UNTIL_DONE, UniqueKey.Conflict.THROW);

		assertThat(enter(second.with(second.spec().withUnique(strict))))
			.isEqualTo(new InsertAnswer.Entry(holder, false));
	}

	@Test
	void differentKeysDoNotMeet() {
		insert(aJob().uniqueBy("a"), aJob().uniqueBy("b"), aJob().uniqueBy("A"), aJob().uniqueBy("a "), aJob());

		assertThat(stats(DEFAULT).waiting()).isEqualTo(5);
	}

	@Test
	void everyQueueHasKeysOfItsOwn() {
		insert(aJob().in(MAIL).uniqueBy(KEY), aJob().in(REPORTS).uniqueBy(KEY));

		assertThat(stats(MAIL).waiting()).isOne();
		assertThat(stats(REPORTS).waiting()).isOne();
	}

	@Test
	void ofEqualKeysInAGroupTheFirstIsStored() {
		JobDraft first = aJob().uniqueBy(KEY);
		JobDraft second = aJob().uniqueBy(KEY);

		assertThat(offer(0, first, second)).isEqualTo(new InsertAnswer.Accepted(
				List.of(new InsertAnswer.Entry(first.id(), true), new InsertAnswer.Entry(first.id(), false))));
	}

	@Test
	void aKnownIdIsAnsweredWithItselfWhoeverHoldsItsKey() {
		JobDraft first = aJob().uniqueBy(KEY);
		insert(first);
		worker().succeed(worker().claimOne());
		insert(aJob().uniqueBy(KEY));

		assertThat(enter(first)).isEqualTo(new InsertAnswer.Entry(first.id(), false));
	}

	@Test
	void aKeyIsHeldAsLongAsTheJobLives() {
		JobId holder = insert(aJob().uniqueBy(KEY).delayedBy(seconds(5)));
		assertKeyIsHeldBy(holder);
		pass(seconds(5));
		promote();
		assertKeyIsHeldBy(holder);
		ClaimedJob claimed = worker().claimOne();
		assertKeyIsHeldBy(holder);
		worker().fail(claimed, seconds(5));
		assertKeyIsHeldBy(holder);
		pass(seconds(5));
		worker().release(worker().claimOne(), ReleaseReason.SNOOZE, seconds(5));
		assertKeyIsHeldBy(holder);
		pass(seconds(5));
		worker().handBack(worker().claimOne());
		assertKeyIsHeldBy(holder);
		worker().claimOne();
		passLease();
		recover();
		assertKeyIsHeldBy(holder);
	}

	@Test
	void everyEndFreesTheKeyInTheSameStep() {
		endings().forEach((name, ending) -> {
			QueueName queue = new QueueName(name);
			ClaimedJob claimed = running(aJob().in(queue).uniqueBy(KEY).survivingLessThan(1));

			ending.accept(claimed);

			JobDraft next = aJob().in(queue).uniqueBy(KEY);
			assertThat(enter(next)).as("after %s", name).isEqualTo(new InsertAnswer.Entry(next.id(), true));
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
		endings.put("undecodable",
				(job) -> worker().settle(job, new Outcome.Dead(DeadReason.UNDECODABLE, HandWorker.FAILURE)));
		endings.put("called-off", worker()::callOff);
		endings.put("called-off-unkept", forgetful::callOff);
		endings.put("cancelled", (job) -> store().control().cancel(List.of(job.job().id()), "called off"));
		endings.put("deleted", (job) -> store().control().delete(List.of(job.job().id())));
		endings.put("crashed", (job) -> {
			passLease();
			recover();
		});
		return endings;
	}

	@Test
	void waitingJobsThatEndFreeTheirKeysToo() {
		for (JobState state : Careers.WAITS) {
			QueueName queue = new QueueName("queue-" + state);
			JobDraft cancelled = aJob().in(queue).uniqueBy("cancelled");
			bring(cancelled, state);
			store().control().cancel(List.of(cancelled.id()), "called off");
			JobDraft deleted = aJob().in(queue).uniqueBy("deleted");
			bring(deleted, state);
			store().control().delete(List.of(deleted.id()));

			insert(aJob().in(queue).uniqueBy("cancelled"), aJob().in(queue).uniqueBy("deleted"));
		}
	}

	@Test
	void anExpiredJobFreesItsKey() {
		assumeThat(store().capabilities()).contains(StoreCapability.EXPIRY);
		insert(aJob().uniqueBy(KEY).livingFor(seconds(1)), aJob().uniqueBy("other").livingFor(seconds(1)));
		pass(seconds(1));
		assertThat(worker().claim(1)).isEmpty();
		expire();

		insert(aJob().uniqueBy(KEY), aJob().uniqueBy("other"));
	}

	@Test
	void theEndOfAnEarlierHolderFreesNothing() {
		JobId earlier = running(aJob().uniqueBy(KEY)).job().id();
		store().control().cancel(List.of(earlier), "called off");
		JobId holder = insert(aJob().uniqueBy(KEY));

		store().control().delete(List.of(earlier));

		assertKeyIsHeldBy(holder);
	}

	@Test
	void aLateSettlementOfAnEarlierHolderFreesNothing() {
		ClaimedJob earlier = running(aJob().uniqueBy(KEY));
		store().control().cancel(List.of(earlier.job().id()), "called off");
		JobId holder = insert(aJob().uniqueBy(KEY));

		worker().succeed(earlier);

		assertKeyIsHeldBy(holder);
	}

	@Test
	void purgingAnEarlierHolderFreesNothing() {
		worker().succeed(running(aJob().uniqueBy(KEY)));
		JobId holder = insert(aJob().uniqueBy(KEY));
		pass(days(2));

		assertThat(purge(Retention.DEFAULT)).isOne();
		assertKeyIsHeldBy(holder);
	}

	@Test
	void trimmingAnEarlierHolderFreesNothing() {
		HandWorker worker = worker().keeping(new Retention(hours(1), 1, hours(1), hours(1), hours(1)));
		worker.succeed(running(aJob().uniqueBy(KEY)));
		JobId holder = insert(aJob().uniqueBy(KEY).withPriority(9));
		insert(aJob());
		worker.succeed(worker.claimOne());

		assertKeyIsHeldBy(holder);
	}

	@Test
	void aRetriedJobTakesItsKeyAgain() {
		JobId id = running(aJob().uniqueBy(KEY)).job().id();
		store().control().cancel(List.of(id), "called off");
		store().control().retry(List.of(id));
		assertKeyIsHeldBy(id);

		worker().succeed(worker().claimOne());
		insert(aJob().uniqueBy(KEY));
	}

	@Test
	void aJobWhoseKeyWasTakenMeanwhileCannotBeRetried() {
		ClaimedJob dead = running(aJob().uniqueBy(KEY));
		worker().bury(dead);
		JobId holder = insert(aJob().uniqueBy(KEY));

		assertThat(store().control().retry(List.of(dead.job().id()))).isEmpty();
		assertThat(state(dead.job().id())).isEqualTo(JobState.DEAD);
		assertKeyIsHeldBy(holder);
	}

	@Test
	void ofTwoDeadJobsOfOneKeyOneCanBeRetried() {
		ClaimedJob first = running(aJob().uniqueBy(KEY));
		worker().bury(first);
		ClaimedJob second = running(aJob().uniqueBy(KEY));
		worker().bury(second);

		assertThat(store().control().retry(List.of(first.job().id(), second.job().id())))
			.containsExactly(first.job().id());
		assertThat(state(second.job().id())).isEqualTo(JobState.DEAD);
	}

	@Test
	void longAndForeignKeysAreToldApart() {
		String key = "\u00e9\u4e2d\ud834\udd1e".repeat(UniqueKey.MAX_LENGTH / 4);
		JobId holder = insert(aJob().uniqueBy(key));

		assertThat(enter(aJob().uniqueBy(key)).id()).isEqualTo(holder);
		insert(aJob().uniqueBy(key.substring(0, key.length() - 4) + "abcd"));
		insert(aJob().uniqueBy("\u00e9"), aJob().uniqueBy("e\u0301"));
	}

}
