package dev.q.test.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.q.job.DeadReason;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.ReleaseReason;
import dev.q.job.StoredResult;
import dev.q.store.ClaimedJob;
import dev.q.store.Lease;
import dev.q.store.LeaseAnswer;
import dev.q.store.PauseMode;
import dev.q.store.Settlement;
import dev.q.test.Careers;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How an attempt ends, and who may end it.
 *
 * @since 0.1
 */
public abstract class SettleContract extends Theme {

	private static final Outcome SUCCESS = new Outcome.Succeeded(StoredResult.NONE);

	private static final List<Outcome> OUTCOMES = List.of(SUCCESS, new Outcome.Retry(hours(1), HandWorker.FAILURE),
			new Outcome.Retry(Duration.ZERO, HandWorker.FAILURE),
			new Outcome.Dead(DeadReason.EXHAUSTED, HandWorker.FAILURE), new Outcome.Cancelled("called off"),
			new Outcome.Released(ReleaseReason.SHUTDOWN, Duration.ZERO),
			new Outcome.Released(ReleaseReason.SNOOZE, hours(1)));

	private static final List<JobState> STATES_AFTER = List.of(JobState.SUCCEEDED, JobState.RETRYING, JobState.READY,
			JobState.DEAD, JobState.CANCELLED, JobState.READY, JobState.SCHEDULED);

	@Test
	void everyOutcomeLeadsToItsState() {
		for (int i = 0; i < OUTCOMES.size(); i++) {
			ClaimedJob claimed = running(aJob().in(new QueueName("queue-" + i)));

			assertThat(worker().settle(claimed, OUTCOMES.get(i))).isEqualTo(LeaseAnswer.APPLIED);
			assertThat(state(claimed.job().id())).as("after %s", OUTCOMES.get(i)).isEqualTo(STATES_AFTER.get(i));
		}
	}

	@Test
	void aSettlementAfterALostLeaseIsRefusedAndChangesNothing() {
		for (Careers.Loss loss : Careers.Loss.values()) {
			for (int i = 0; i < OUTCOMES.size(); i++) {
				JobDraft draft = aJob().in(new QueueName(loss.name() + i));
				ClaimedJob lost = lose(draft, loss);
				List<JobDetails> before = store().catalog().find(List.of(draft.id()));

				LeaseAnswer answer = worker().settle(lost, OUTCOMES.get(i));

				assertThat(answer).as("%s after %s", OUTCOMES.get(i), loss).isEqualTo(LeaseAnswer.LOST);
				assertThat(store().catalog().find(List.of(draft.id()))).isEqualTo(before);
			}
		}
	}

	@Test
	void aLeaseThatRanOutHoldsForItsSettlementUntilItIsRecovered() {
		ClaimedJob claimed = running(aJob());
		pass(LEASE.multipliedBy(3));

		assertThat(worker().succeed(claimed)).isEqualTo(LeaseAnswer.APPLIED);
		assertThat(recover()).isEmpty();
		assertThat(state(claimed.job().id())).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aSucceededJobIsGoneFromAllClaimsAndCountedOnce() {
		worker().succeed(running(aJob()));
		pass(LEASE.multipliedBy(2));
		recover();
		promote();

		assertThat(worker().claim(1)).isEmpty();
		assertThat(stats(DEFAULT).count(JobState.SUCCEEDED)).isOne();
		assertThat(stats(DEFAULT).counts().values().stream().mapToLong(Long::longValue).sum()).isOne();
	}

	@Test
	void aSettlementThatIsSentAgainIsRefusedAndKeepsTheFirstResult() {
		ClaimedJob claimed = running(aJob());
		worker().settle(claimed, new Outcome.Succeeded(new StoredResult.Value(payload("first"))));
		pass(TICK);

		LeaseAnswer again = worker().settle(claimed, new Outcome.Succeeded(new StoredResult.Value(payload("second"))));

		assertThat(again).isEqualTo(LeaseAnswer.LOST);
		assertThat(details(claimed.job().id()).result()).isEqualTo(new StoredResult.Value(payload("first")));
		assertThat(stats(DEFAULT).count(JobState.SUCCEEDED)).isOne();
		assertThat(job(claimed.job().id()).times().finishedAt()).isEqualTo(now().minus(TICK));
	}

	@Test
	void ofTwoSettlementsOfOneLeaseInABatchTheFirstCounts() {
		Lease lease = running(aJob()).lease();

		List<LeaseAnswer> answers = worker().settle(new Settlement(lease, SUCCESS),
				new Settlement(lease, new Outcome.Cancelled("called off")));

		assertThat(answers).containsExactly(LeaseAnswer.APPLIED, LeaseAnswer.LOST);
		assertThat(state(lease.job())).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aBatchMayMixOutcomes() {
		insertMany(OUTCOMES.size());
		List<ClaimedJob> claimed = worker().claim(OUTCOMES.size());
		List<Settlement> settlements = new ArrayList<>();
		for (int i = 0; i < OUTCOMES.size(); i++) {
			settlements.add(new Settlement(claimed.get(i).lease(), OUTCOMES.get(i)));
		}

		List<LeaseAnswer> answers = worker().settle(settlements.toArray(Settlement[]::new));

		assertThat(answers).hasSize(OUTCOMES.size()).containsOnly(LeaseAnswer.APPLIED);
		assertThat(claimed).extracting((job) -> state(job.job().id())).isEqualTo(STATES_AFTER);
	}

	@Test
	void lostSettlementsDoNotSpoilTheirBatch() {
		insertMany(1000);
		List<ClaimedJob> claimed = worker().claim(1000);
		List<JobId> stale = new ArrayList<>();
		for (int i = 5; i < 1000; i += 100) {
			stale.add(claimed.get(i).job().id());
		}
		store().control().cancel(stale, "called off");

		List<LeaseAnswer> answers = worker()
			.settle(claimed.stream().map((job) -> new Settlement(job.lease(), SUCCESS)).toArray(Settlement[]::new));

		for (int i = 0; i < 1000; i++) {
			assertThat(answers.get(i)).as("answer %d", i)
				.isEqualTo((i % 100 == 5) ? LeaseAnswer.LOST : LeaseAnswer.APPLIED);
		}
		assertThat(stats(DEFAULT).count(JobState.SUCCEEDED)).isEqualTo(990);
		assertThat(stats(DEFAULT).count(JobState.CANCELLED)).isEqualTo(10);
	}

	@Test
	void aBatchMayMixQueues() {
		ClaimedJob first = running(aJob().in(MAIL));
		ClaimedJob second = running(aJob().in(REPORTS));
		ClaimedJob third = running(aJob().in(MAIL));
		Lease nowhere = new Lease(aJob().id(), new QueueName("nowhere"), "token", worker().id(), LEASE);

		List<LeaseAnswer> answers = worker().settle(new Settlement(first.lease(), SUCCESS),
				new Settlement(nowhere, SUCCESS), new Settlement(second.lease(), SUCCESS),
				new Settlement(third.lease(), SUCCESS));

		assertThat(answers).containsExactly(LeaseAnswer.APPLIED, LeaseAnswer.LOST, LeaseAnswer.APPLIED,
				LeaseAnswer.APPLIED);
	}

	@Test
	void anEmptyBatchIsNoWork() {
		assertThat(worker().settle()).isEmpty();
	}

	@Test
	void aLeaseThatNobodyGaveSettlesNothing() {
		Lease real = running(aJob()).lease();
		Lease forged = new Lease(real.job(), real.queue(), "forged", real.worker(), real.length());
		Lease misplaced = new Lease(real.job(), MAIL, real.token(), real.worker(), real.length());

		assertThat(worker().settle(new Settlement(forged, SUCCESS), new Settlement(misplaced, SUCCESS)))
			.containsOnly(LeaseAnswer.LOST);
		assertThat(state(real.job())).isEqualTo(JobState.RUNNING);
	}

	@Test
	void aTokenOfOneJobSettlesNoOther() {
		insertMany(2);
		List<ClaimedJob> claimed = worker().claim(2);
		Lease crossed = new Lease(claimed.get(0).job().id(), DEFAULT, claimed.get(1).lease().token(), worker().id(),
				LEASE);

		assertThat(worker().settle(new Settlement(crossed, SUCCESS))).containsExactly(LeaseAnswer.LOST);
	}

	@Test
	void aPausedQueueIsSettledAllTheSame() {
		ClaimedJob claimed = running(aJob());
		store().control().pause(DEFAULT, PauseMode.ALL);

		assertThat(worker().succeed(claimed)).isEqualTo(LeaseAnswer.APPLIED);
	}

	@Test
	void theEndIsWrittenDownByTheClockOfTheStore() {
		ClaimedJob claimed = running(aJob());
		pass(seconds(9));

		worker().succeed(claimed);

		assertThat(job(claimed.job().id()).times().finishedAt()).isEqualTo(now());
	}

	@Test
	void everyKindOfResultIsKept() {
		for (StoredResult result : List.of(StoredResult.NONE, new StoredResult.Value(payload("42")),
				new StoredResult.Omitted("it has 3 MiB"))) {
			ClaimedJob claimed = running(aJob());

			worker().settle(claimed, new Outcome.Succeeded(result));

			assertThat(details(claimed.job().id()).result()).isEqualTo(result);
		}
	}

	@Test
	void aJobThatSucceedsAtLastKeepsItsLastFailure() {
		JobId id = insert(aJob());
		worker().fail(worker().claimOne(), Duration.ZERO);
		worker().succeed(worker().claimOne());

		assertThat(details(id).lastError()).isEqualTo(HandWorker.FAILURE);
		assertThat(job(id).counters().failures()).isOne();
	}

	@Test
	void aHandlerThatCancelsItsJobLeavesItsReason() {
		ClaimedJob claimed = running(aJob());
		worker().settle(claimed, new Outcome.Cancelled("no longer wanted"));

		assertThat(details(claimed.job().id()).cancelReason()).isEqualTo("no longer wanted");
	}

	@Test
	void aDelayBeyondAllTimeSpoilsNoneOfItsBatch() {
		insertMany(3);
		List<ClaimedJob> claimed = worker().claim(3);

		List<LeaseAnswer> answers = worker().settle(new Settlement(claimed.get(0).lease(), SUCCESS),
				new Settlement(claimed.get(1).lease(), new Outcome.Retry(seconds(Long.MAX_VALUE), HandWorker.FAILURE)),
				new Settlement(claimed.get(2).lease(), SUCCESS));

		assertThat(answers).containsOnly(LeaseAnswer.APPLIED);
		assertThat(state(claimed.get(1).job().id())).isEqualTo(JobState.RETRYING);
	}

}
