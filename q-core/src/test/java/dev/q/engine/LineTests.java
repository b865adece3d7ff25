package dev.q.engine;

import java.time.Duration;
import java.util.List;

import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.StoredResult;
import dev.q.job.WorkerId;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.Retention;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The parts of the line one by one, with the store made to fail between them.
 */
class LineTests {

	private static final Execution.Ending DONE = new Execution.Ending(new Outcome.Succeeded(StoredResult.NONE),
			Duration.ZERO);

	private static final Duration LEASE = Duration.ofSeconds(30);

	private final EngineScene scene = new EngineScene();

	private final StorePlan store = new StorePlan(this.scene.store.work());

	private final InFlight inFlight = new InFlight();

	private final Reporter reporter = new Reporter(new JobEvents(List.of(this.scene.events::add)));

	private final Completer completer = new Completer(this.store, Retention.DEFAULT, this.inFlight, this.reporter,
			this.scene.clock);

	private final LeaseKeeper leases = new LeaseKeeper(this.store, this.inFlight, this.reporter, this.scene.settings(),
			this.scene.clock);

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void aJobIsSettledByTheThreadThatRanItIfNobodyElseIsSettling() {
		Execution execution = claim();

		this.completer.submit(execution, DONE);

		assertThat(stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.inFlight.all()).isEmpty();
	}

	@Test
	void aBatchThatCouldNotBeSettledIsKeptAndTriedAgain() {
		Execution execution = claim();
		this.store.failOnce().failOnce();
		this.completer.submit(execution, DONE);

		boolean woken = this.completer.loop().isDue();
		this.completer.loop().step();
		JobState afterFailures = stateOf(execution);
		this.completer.loop().step();

		assertThat(woken).isTrue();
		assertThat(afterFailures).isEqualTo(JobState.RUNNING);
		assertThat(stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.inFlight.all()).isEmpty();
		assertThat(this.scene.events).hasExactlyElementsOfTypes(JobEvent.Succeeded.class);
	}

	@Test
	void whatArrivesWhileTheStoreFailsIsSettledInTheSameBatch() {
		Execution first = claim();
		Execution second = claim();
		this.store.failOnce().failOnce();
		this.completer.submit(first, DONE);
		this.completer.loop().step();
		this.completer.submit(second, DONE);
		int callsWhileTheLoopPauses = this.store.settled.size();

		this.completer.loop().step();

		assertThat(callsWhileTheLoopPauses).isEqualTo(2);
		assertThat(this.store.settled.get(2)).hasSize(2);
		assertThat(stateOf(second)).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aJobThatIsBusyIsAskedForAgain() {
		Execution execution = claim();
		this.store.busyOnce().busyOnce();
		this.completer.submit(execution, DONE);

		this.completer.loop().step();
		Duration pause = this.completer.loop().timeLeft();
		this.completer.loop().step();

		assertThat(pause).isEqualTo(Duration.ofMillis(50));
		assertThat(stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aSettlementAfterALostLeaseIsDroppedAndTold() {
		Execution execution = claim();
		this.scene.store.control().cancel(List.of(execution.job().id()), "drill");
		this.completer.submit(execution, DONE);

		assertThat(stateOf(execution)).isEqualTo(JobState.CANCELLED);
		assertThat(this.inFlight.all()).isEmpty();
		assertThat(this.scene.events).hasExactlyElementsOfTypes(JobEvent.LeaseLost.class);
	}

	@Test
	void aLeaseIsRenewedWhenAThirdOfItHasPassedAndNotBefore() {
		Execution execution = claim();
		this.scene.clock.advance(LEASE.dividedBy(3).minusMillis(1));
		this.leases.loop().step();
		Duration untilRenewal = this.leases.loop().timeLeft();

		this.scene.clock.advance(Duration.ofMillis(1));
		this.leases.loop().step();
		this.scene.clock.advance(LEASE.minusMillis(1));

		assertThat(untilRenewal).isEqualTo(Duration.ofMillis(1));
		assertThat(this.scene.store.maintenance().recoverExpired(10)).isEmpty();
		assertThat(execution.leaseLost()).isFalse();
	}

	@Test
	void aJobOfManyLeasesKeepsItsLease() {
		Execution execution = claim();

		for (int i = 0; i < 200; i++) {
			this.scene.clock.advance(Duration.ofSeconds(3));
			if (this.leases.loop().isDue()) {
				this.leases.loop().step();
			}
			assertThat(this.scene.store.maintenance().recoverExpired(10)).isEmpty();
		}
		this.completer.submit(execution, DONE);

		assertThat(stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aShorterLeaseThanUsualWakesTheKeeperInTime() {
		this.leases.loop().step();

		claim(JobLimits.DEFAULT.withLease(Duration.ofSeconds(3)));
		boolean woken = this.leases.loop().isDue();
		this.leases.loop().step();

		assertThat(woken).isTrue();
		assertThat(this.leases.loop().timeLeft()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void aHandlerWhoseJobIsCancelledIsToldOnceAndItsOutcomeIsDropped() {
		Execution execution = claim();
		this.scene.store.control().cancel(List.of(execution.job().id()), "drill");

		this.leases.suspect(execution.job().id());
		this.leases.loop().step();
		this.leases.loop().step();
		this.completer.submit(execution, DONE);
		this.completer.loop().step();

		assertThat(execution.leaseLost()).isTrue();
		assertThat(execution.shouldStop()).isTrue();
		assertThat(this.store.settled).isEmpty();
		assertThat(this.scene.events).hasExactlyElementsOfTypes(JobEvent.LeaseLost.class);
		assertThat(this.inFlight.all()).isEmpty();
	}

	@Test
	void aLateSignalDoesNotTakeAJobFromItsHandler() {
		Execution execution = claim();

		this.leases.suspect(execution.job().id());
		this.leases.loop().step();

		assertThat(execution.leaseLost()).isFalse();
	}

	@Test
	void aRenewalThatFailsIsTriedAgainWhileTheLeaseHolds() {
		Execution execution = claim();
		this.scene.clock.advance(LEASE.dividedBy(3));
		this.store.failOnce();

		this.leases.loop().step();
		this.leases.loop().step();
		this.scene.clock.advance(LEASE.minusMillis(1));

		assertThat(this.scene.store.maintenance().recoverExpired(10)).isEmpty();
		assertThat(execution.leaseLost()).isFalse();
	}

	@Test
	void anAttemptHasOneEndOnly() {
		Execution execution = claim();

		execution.end(DONE);
		execution.end(Execution.Ending.HANDED_BACK);

		assertThat(stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.store.settled).hasSize(1);
	}

	private Execution claim() {
		return claim(JobLimits.DEFAULT);
	}

	private Execution claim(JobLimits limits) {
		JobSpec spec = this.scene.job("any", "x").withLimits(limits);
		JobId id = this.scene.enqueue(spec);
		ClaimedJob claimed = this.scene.store.work()
			.claim(new ClaimRequest(List.of(EngineScene.QUEUE), 1, LEASE, new WorkerId("test")))
			.jobs()
			.get(0);
		assertThat(claimed.job().id()).isEqualTo(id);
		Execution execution = new Execution(claimed, this.scene.clock.nanoTime(), this.scene.runner(),
				this.completer::submit);
		this.leases.watch(execution);
		return execution;
	}

	private JobState stateOf(Execution execution) {
		return this.scene.find(execution.job().id()).state();
	}

}
