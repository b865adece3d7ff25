package dev.q.test.contract;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.q.admin.JobAdmin;
import dev.q.admin.explain.End;
import dev.q.admin.explain.Explanation;
import dev.q.admin.explain.Reason;
import dev.q.admin.explain.Surroundings;
import dev.q.admin.explain.Surroundings.Behind;
import dev.q.admin.explain.Waiting;
import dev.q.job.DeadReason;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.ReleaseReason;
import dev.q.job.WorkerId;
import dev.q.store.ClaimedJob;
import dev.q.store.Pause;
import dev.q.store.PauseMode;
import dev.q.store.StoreCapability;
import dev.q.store.WorkerInfo;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Why a job does not run, held against what a claim does.
 *
 * @since 0.1
 */
public abstract class ExplainContract extends KeyTheme {

	@Test
	void aReadyJobIsClaimable() {
		JobId id = insert(aJob());
		hire("here", WorkerInfo.State.RUNNING);

		assertThat(explain(id).reasons()).containsExactly(new Surroundings.Claimable(DEFAULT, now()));
		assertThat(explain(id).isClaimable()).isTrue();
		assertThat(explain(id).text()).contains(id.toString(), "READY", "next claim", "never claimed");
		assertThat(worker().claimOne().job().id()).isEqualTo(id);
	}

	@Test
	void aJobWhoseTimeHasComeIsClaimableThoughNobodyHasMadeItReady() {
		JobId id = insert(aJob().delayedBy(minutes(1)));
		hire("here", WorkerInfo.State.RUNNING);

		assertThat(explain(id).reasons()).containsExactly(new Waiting.Scheduled(now().plus(minutes(1))));
		pass(minutes(1));
		assertThat(explain(id).reasons()).containsExactly(new Surroundings.Claimable(DEFAULT, now()));
	}

	@Test
	void jobsBeforeAnotherAreCountedAndManyAreMany() {
		List<JobId> ids = insertMany(3);
		hire("here", WorkerInfo.State.RUNNING);

		assertThat(explain(ids.get(1)).reasons()).containsExactly(new Behind(1, true));
		assertThat(explain(ids.get(2)).reasons()).containsExactly(new Behind(2, true));
		insertMany(999);
		JobId last = insert(aJob());
		assertThat(explain(last).reasons()).containsExactly(new Behind(1000, false));
		assertThat(explain(last).text()).contains("More than 1000 jobs come before it");
		JobId urgent = insert(aJob().withPriority(0));
		assertThat(explain(urgent).isClaimable()).isTrue();
	}

	@Test
	void aRetryIsExplainedByItsFailure() {
		HandWorker worker = worker();
		JobId id = insert(aJob());
		worker.fail(worker.claimOne(), minutes(5));
		hire("here", WorkerInfo.State.RUNNING);

		assertThat(explain(id).reasons())
			.containsExactly(new Waiting.RetryBackoff(now().plus(minutes(5)), 2, HandWorker.FAILURE));
		assertThat(explain(id).text()).contains("test.Failure", "it did not work", "attempt 2");
	}

	@Test
	void aJobOnHoldSaysSo() {
		JobId id = insert(aJob());
		admin().hold(List.of(id));
		hire("here", WorkerInfo.State.RUNNING);

		assertThat(explain(id).reasons()).containsExactly(new Waiting.OnHold());
	}

	@Test
	void aPausedQueueIsAReasonIfItHandsNothingOut() {
		JobId id = insert(aJob());
		hire("here", WorkerInfo.State.RUNNING);
		for (PauseMode mode : PauseMode.values()) {
			store().control().pause(DEFAULT, Pause.of(mode).by("ada"));

			Reason reason = mode.stopsOut() ? new Surroundings.QueuePaused(DEFAULT, new Pause(mode, "ada", now()))
					: new Surroundings.Claimable(DEFAULT, now());
			assertThat(explain(id).reasons()).containsExactly(reason);
		}
		store().control().resume(DEFAULT);
	}

	@Test
	void aJobThatWaitsForItsKeyNamesTheHolder() {
		assumeThat(store().capabilities()).contains(StoreCapability.UNIQUE_SCOPES, StoreCapability.UNIQUE_UPDATES);
		ClaimedJob first = running(again());
		JobId second = insert(again());
		hire("here", WorkerInfo.State.RUNNING);

		assertThat(explain(second).reasons())
			.containsExactly(new Waiting.WaitingForKey(KEY, first.job().id(), JobState.RUNNING));
		worker().fail(first, hours(1));
		assertThat(explain(second).reasons())
			.containsExactly(new Waiting.WaitingForKey(KEY, first.job().id(), JobState.RETRYING));
		admin().cancel(List.of(first.job().id()), "enough");
		assertThat(explain(second).isClaimable()).isTrue();
	}

	@Test
	void aRunningJobNamesItsWorkerAndItsLease() {
		JobId id = running(aJob()).job().id();
		WorkerId worker = worker().id();

		assertThat(explain(id).reasons()).containsExactly(new Waiting.Running(worker, now().plus(LEASE), 1, false));
		hire("worker-1", WorkerInfo.State.DRAINING);
		assertThat(explain(id).reasons()).containsExactly(new Waiting.Running(worker, now().plus(LEASE), 1, true));
		passLease();
		assertThat(explain(id).reasons()).containsExactly(new Waiting.LeaseOver(worker, now()));
		recover();
		assertThat(explain(id).isClaimable()).isTrue();
	}

	@Test
	void whereNoWorkerIsThatIsSaidBeside() {
		JobId id = insert(aJob());

		assertThat(explain(id).reasons()).containsExactly(new Surroundings.NoWorker(DEFAULT, 0, 0),
				new Surroundings.Claimable(DEFAULT, now()));
		hire("going", WorkerInfo.State.DRAINING);
		assertThat(explain(id).reasons()).contains(new Surroundings.NoWorker(DEFAULT, 1, 1));
		assertThat(explain(id).text()).contains("No worker works queue default; 1 are registered");
	}

	@Test
	void aJobOfAnExclusiveQueueNamesTheJobThatRuns() {
		List<JobId> ids = insertMany(3);
		hire("here", WorkerInfo.State.RUNNING, DEFAULT);
		assertThat(explain(ids.get(0)).isClaimable()).isTrue();
		ClaimedJob first = worker().claimExclusively(1, DEFAULT).get(0);

		assertThat(explain(ids.get(1)).reasons())
			.containsExactly(new Surroundings.QueueBusy(DEFAULT, ids.get(0), 1, 0));
		assertThat(explain(ids.get(1)).text()).contains("Queue default is exclusive, and its job " + ids.get(0));
		assertThat(explain(ids.get(2)).reasons()).containsExactly(new Surroundings.QueueBusy(DEFAULT, ids.get(0), 1, 0),
				new Behind(1, true));
		assertThat(explain(ids.get(0)).reasons()).hasOnlyElementsOfType(Waiting.Running.class);
		passLease();
		assertThat(explain(ids.get(1)).isClaimable()).isFalse();
		worker().succeed(first);
		assertThat(explain(ids.get(1)).reasons())
			.containsExactly(new Surroundings.Claimable(DEFAULT, job(ids.get(1)).times().createdAt()));
	}

	@Test
	void workersThatDoNotKnowAQueueAsExclusiveAreToldOf() {
		List<JobId> ids = insertMany(2);
		worker().claimExclusively(1, DEFAULT);
		hire("here", WorkerInfo.State.RUNNING);
		assertThat(explain(ids.get(1)).reasons()).hasOnlyElementsOfType(Surroundings.Claimable.class);
		hire("there", WorkerInfo.State.DRAINING, DEFAULT);

		assertThat(explain(ids.get(1)).reasons()).hasSize(2)
			.startsWith(new Surroundings.QueueBusy(DEFAULT, ids.get(0), 1, 1));
		assertThat(explain(ids.get(1)).isClaimable()).isTrue();
		assertThat(explain(ids.get(1)).text()).contains("1 of its workers do not know");
		assertThat(worker("here").claimIds(1)).containsExactly(ids.get(1));
	}

	@Test
	void anExpiredJobWaitsForNothingButItsEnd() {
		JobId id = insert(aJob().livingFor(minutes(1)));
		hire("here", WorkerInfo.State.RUNNING);
		pass(minutes(1));

		assertThat(explain(id).reasons()).containsExactly(new Waiting.ExpiredAlready(now()));
		expire();
		assertThat(explain(id).reasons()).containsExactly(new End.Expired(now()));
	}

	@Test
	void aTypeThatNobodyKnewIsSaid() {
		JobId id = insert(aJob());
		hire("here", WorkerInfo.State.RUNNING);
		HandWorker worker = worker();
		worker.release(worker.claimOne(), ReleaseReason.NO_HANDLER, Duration.ZERO);

		assertThat(explain(id).reasons()).containsExactly(new Surroundings.UnknownType(JobDraft.TYPE, now()),
				new Surroundings.Claimable(DEFAULT, now()));
	}

	@Test
	void endedJobsTellHowTheyEnded() {
		JobDraft dead = aJob();
		bring(dead, JobState.DEAD);
		JobDraft cancelled = aJob();
		bring(cancelled, JobState.CANCELLED);
		JobDraft done = aJob();
		bring(done, JobState.SUCCEEDED);

		assertThat(explain(dead.id()).reasons())
			.containsExactly(new End.Dead(now(), DeadReason.EXHAUSTED, HandWorker.FAILURE));
		assertThat(explain(cancelled.id()).reasons()).containsExactly(new End.Cancelled(now(), "called off"));
		assertThat(explain(done.id()).reasons()).containsExactly(new End.Succeeded(now(), "none"));
	}

	@Test
	void aJobThatIsNotThereIsUnknown() {
		JobId id = aJob().id();

		assertThat(explain(id).reasons()).containsExactly(new Surroundings.Unknown(id));
		assertThat(explain(id).details()).isNull();
		assertThat(explain(id).timeline()).isEmpty();
	}

	private void hire(String name, WorkerInfo.State state, QueueName... exclusive) {
		store().cluster()
			.announce(
					new WorkerInfo(new WorkerId(name), "host", now(), state, List.of(DEFAULT), Set.of(exclusive), 1, 0),
					hours(1));
	}

	private Explanation explain(JobId id) {
		return admin().explain(id);
	}

	private JobAdmin admin() {
		return new JobAdmin(store());
	}

}
