package dev.q.attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.q.event.JobEvent;
import dev.q.job.JobLimits;
import dev.q.job.JobState;
import dev.q.job.LeaseLostException;
import dev.q.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LeaseKeeperTests {

	private final Line line = new Line();

	@AfterEach
	void close() {
		this.line.scene.close();
	}

	@Test
	void aRenewalThatFindsAJobSettledMeanwhileIsNoLoss() {
		this.line.scene.handle("any", (payload, context) -> null);
		Execution execution = this.line.claim();
		this.line.scene.clock.advance(Line.LEASE.dividedBy(3));
		this.line.store.duringRenewal = execution::run;

		this.line.leases.loop().step();

		assertThat(execution.leaseLost()).isFalse();
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.Succeeded.class);
	}

	@Test
	void aHeartbeatRenewsTheLeaseAtOnceAndSaysUntilWhen() {
		Execution execution = this.line.claim();
		this.line.scene.clock.advance(Line.LEASE.dividedBy(2));

		Instant until = execution.heartbeat();

		assertThat(until).isEqualTo(this.line.scene.clock.instant().plus(Line.LEASE));
		this.line.scene.clock.advance(Line.LEASE.minusMillis(1));
		assertThat(this.line.scene.store.maintenance().recoverExpired(10)).isEmpty();
		this.line.scene.clock.advance(Duration.ofMillis(1));
		assertThat(this.line.scene.store.maintenance().recoverExpired(10)).hasSize(1);
	}

	@Test
	void aHeartbeatPromisesNothingBeyondTheExpiryOfTheJob() {
		Instant deadline = this.line.scene.clock.instant().plusSeconds(5);
		Execution execution = this.line.claim(JobLimits.DEFAULT.expiring(null, deadline));

		assertThat(execution.heartbeat()).isEqualTo(deadline);
	}

	@Test
	void aHeartbeatFindsOutThatTheJobWasCancelled() {
		Execution execution = this.line.claim();
		this.line.scene.store.control().cancel(List.of(execution.id()), "drill");

		assertThat(execution.leaseLost()).isFalse();
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(execution::heartbeat);
		assertThat(execution.leaseLost()).isTrue();
	}

	@Test
	void aHeartbeatThatTheStoreOfTheLeaseDoesNotAnswerPromisesNothingAndTakesNothingAway() {
		Execution execution = this.line.claim();
		this.line.store.busyOnce();

		assertThatExceptionOfType(StoreException.class).isThrownBy(execution::heartbeat)
			.withMessageContaining("was not renewed");
		assertThat(execution.leaseLost()).isFalse();
		assertThat(execution.heartbeat()).isEqualTo(this.line.scene.clock.instant().plus(Line.LEASE));
	}

	@Test
	void afterTheEndThereIsNoHeartbeat() {
		this.line.scene.handle("any", (payload, context) -> null);
		Execution execution = this.line.claim();
		execution.run();

		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(execution::heartbeat);
	}

	@Test
	void aLeaseIsRenewedWhenAThirdOfItHasPassedAndNotBefore() {
		Execution execution = this.line.claim();
		this.line.scene.clock.advance(Line.LEASE.dividedBy(3).minusMillis(1));
		this.line.leases.loop().step();
		Duration untilRenewal = this.line.leases.loop().timeLeft();

		this.line.scene.clock.advance(Duration.ofMillis(1));
		this.line.leases.loop().step();
		this.line.scene.clock.advance(Line.LEASE.minusMillis(1));

		assertThat(untilRenewal).isEqualTo(Duration.ofMillis(1));
		assertThat(this.line.scene.store.maintenance().recoverExpired(10)).isEmpty();
		assertThat(execution.leaseLost()).isFalse();
	}

	@Test
	void aJobOfManyLeasesKeepsItsLease() {
		Execution execution = this.line.claim();

		for (int i = 0; i < 200; i++) {
			this.line.scene.clock.advance(Duration.ofSeconds(3));
			if (this.line.leases.loop().isDue()) {
				this.line.leases.loop().step();
			}
			assertThat(this.line.scene.store.maintenance().recoverExpired(10)).isEmpty();
		}
		this.line.completer.submit(execution, Line.DONE);

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aShorterLeaseThanUsualWakesTheKeeperInTime() {
		this.line.leases.loop().step();

		this.line.claim(JobLimits.DEFAULT.withLease(Duration.ofSeconds(3)));
		boolean woken = this.line.leases.loop().isDue();
		this.line.leases.loop().step();

		assertThat(woken).isTrue();
		assertThat(this.line.leases.loop().timeLeft()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void aHandlerWhoseJobIsCancelledIsToldOnceAndItsOutcomeIsDropped() {
		Execution execution = this.line.claim();
		this.line.scene.store.control().cancel(List.of(execution.job().id()), "drill");

		this.line.leases.suspect(execution.job().id());
		this.line.leases.loop().step();
		this.line.leases.loop().step();
		this.line.completer.submit(execution, Line.DONE);
		this.line.completer.loop().step();

		assertThat(execution.leaseLost()).isTrue();
		assertThat(execution.shouldStop()).isTrue();
		assertThat(this.line.store.settled).isEmpty();
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.LeaseLost.class, JobEvent.Stale.class);
		assertThat(this.line.jobs.isEmpty()).isTrue();
	}

	@Test
	void aLateSignalDoesNotTakeAJobFromItsHandler() {
		Execution execution = this.line.claim();

		this.line.leases.suspect(execution.job().id());
		this.line.leases.loop().step();

		assertThat(execution.leaseLost()).isFalse();
	}

	@Test
	void aSignalThatComesWhileTheStoreAnswersIsLookedAfterNext() {
		Execution execution = this.line.claim();
		this.line.leases.suspectAll();
		this.line.store.afterRenewal = () -> cancel(execution);

		this.line.leases.loop().step();
		boolean isKnownToTheFirst = execution.leaseLost();
		boolean isDue = this.line.leases.loop().isDue();
		this.line.leases.loop().step();

		assertThat(isKnownToTheFirst).isFalse();
		assertThat(isDue).isTrue();
		assertThat(execution.leaseLost()).isTrue();
	}

	@Test
	void aSignalThatComesWhileAHeartbeatIsAnsweredIsLookedAfterNext() {
		Execution execution = this.line.claim();
		this.line.store.afterRenewal = () -> cancel(execution);

		execution.heartbeat();
		this.line.leases.loop().step();

		assertThat(execution.leaseLost()).isTrue();
	}

	@Test
	void aSignalOutlivesAQuestionThatFails() {
		Execution execution = this.line.claim();
		cancel(execution);
		this.line.store.failOnce();

		this.line.leases.loop().step();
		this.line.leases.loop().step();

		assertThat(execution.leaseLost()).isTrue();
	}

	@Test
	void aSignalOutlivesAStoreThatDoesNotAnswerAndIsLookedAfterInAMoment() {
		Execution execution = this.line.claim();
		cancel(execution);
		this.line.store.busyOnce();

		this.line.leases.loop().step();
		Duration pause = this.line.leases.loop().timeLeft();
		this.line.scene.clock.advance(pause);
		this.line.leases.loop().step();

		assertThat(pause).isEqualTo(Duration.ofSeconds(1));
		assertThat(execution.leaseLost()).isTrue();
	}

	@Test
	void aLostJobThatHasEndedAndWaitsForItsSettlementIsNotAskedAboutWithoutPause() {
		this.line.scene.handle("any", (payload, context) -> null);
		Execution execution = this.line.claim();
		this.line.store.failOnce();
		execution.run();
		cancel(execution);

		this.line.leases.loop().step();

		assertThat(this.line.jobs.isEmpty()).isFalse();
		assertThat(this.line.leases.loop().timeLeft()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void aRenewalThatFailsIsTriedAgainWhileTheLeaseHolds() {
		Execution execution = this.line.claim();
		this.line.scene.clock.advance(Line.LEASE.dividedBy(3));
		this.line.store.failOnce();

		this.line.leases.loop().step();
		this.line.leases.loop().step();
		this.line.scene.clock.advance(Line.LEASE.minusMillis(1));

		assertThat(this.line.scene.store.maintenance().recoverExpired(10)).isEmpty();
		assertThat(execution.leaseLost()).isFalse();
	}

	@Test
	void aLeaseThatIsLetGoIsNotRenewedAndNotAnsweredForWhenItIsOver() {
		Execution execution = this.line.claim();
		execution.letGo();

		this.line.scene.clock.advance(Line.LEASE.minusMillis(1));
		this.line.leases.loop().step();
		int before = this.line.jobs.count();
		this.line.scene.clock.advance(Duration.ofMillis(1));
		this.line.leases.loop().step();

		assertThat(before).isOne();
		assertThat(this.line.jobs.isEmpty()).isTrue();
		assertThat(this.line.scene.store.maintenance().recoverExpired(10)).hasSize(1);
	}

	/** And the signal of that comes. */
	private void cancel(Execution execution) {
		this.line.scene.store.control().cancel(List.of(execution.id()), "drill");
		this.line.leases.suspect(execution.id());
	}

}
