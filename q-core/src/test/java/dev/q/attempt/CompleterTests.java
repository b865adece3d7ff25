package dev.q.attempt;

import java.time.Duration;
import java.util.List;

import dev.q.event.JobEvent;
import dev.q.job.JobState;
import dev.q.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CompleterTests {

	private final Line line = new Line();

	@AfterEach
	void close() {
		this.line.scene.close();
	}

	@Test
	void aJobIsSettledByTheThreadThatRanItIfNobodyElseIsSettling() {
		Execution execution = this.line.claim();

		this.line.completer.submit(execution, Line.DONE);

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.line.jobs.isEmpty()).isTrue();
	}

	@Test
	void aBatchThatCouldNotBeSettledIsKeptAndTriedAgain() {
		Execution execution = this.line.claim();
		this.line.store.failOnce().failOnce();
		this.line.completer.submit(execution, Line.DONE);

		boolean woken = this.line.completer.loop().isDue();
		this.line.completer.loop().step();
		JobState afterFailures = this.line.stateOf(execution);
		this.line.completer.loop().step();

		assertThat(woken).isTrue();
		assertThat(afterFailures).isEqualTo(JobState.RUNNING);
		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.line.jobs.isEmpty()).isTrue();
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.Succeeded.class);
	}

	@Test
	void whatArrivesWhileTheStoreFailsIsSettledInTheSameBatch() {
		Execution first = this.line.claim();
		Execution second = this.line.claim();
		this.line.store.failOnce().failOnce();
		this.line.completer.submit(first, Line.DONE);
		this.line.completer.loop().step();
		this.line.completer.submit(second, Line.DONE);
		int callsWhileTheLoopPauses = this.line.store.settled.size();

		this.line.completer.loop().step();

		assertThat(callsWhileTheLoopPauses).isEqualTo(2);
		assertThat(this.line.store.settled.get(2)).hasSize(2);
		assertThat(this.line.stateOf(second)).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aStoreThatDoesNotAnswerForEveryJobLosesNone() {
		Execution execution = this.line.claim();
		this.line.store.answersTooLittle = true;
		this.line.completer.submit(execution, Line.DONE);
		this.line.completer.loop().step();
		int failures = this.line.completer.loop().failures();

		this.line.store.answersTooLittle = false;
		this.line.completer.loop().step();

		assertThat(failures).isOne();
		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void anErrorOfTheStoreLosesNoOutcome() {
		Execution execution = this.line.claim();
		this.line.store.errorOnce();
		this.line.completer.submit(execution, Line.DONE);
		boolean woken = this.line.completer.loop().isDue();

		this.line.completer.loop().step();

		assertThat(woken).isTrue();
		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void oneThatTheStoreRefusesIsLetGoAndTheOthersAreSettled() {
		Execution first = this.line.claim();
		Execution bad = this.line.claim();
		Execution last = this.line.claim();
		this.line.store.refused.put(bad.job().id(), new IllegalStateException("drill"));
		List.of(first, bad, last).forEach((execution) -> this.line.completer.offer(execution, Line.DONE));
		this.line.store.refused.put(first.job().id(), new StoreException("an outage"));
		this.line.completer.loop().step();
		int failures = this.line.completer.loop().failures();
		this.line.store.refused.remove(first.job().id());

		this.line.completer.loop().step();

		assertThat(failures).isOne();
		assertThat(this.line.completer.loop().failures()).isZero();
		assertThat(this.line.stateOf(first)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.line.stateOf(bad)).isEqualTo(JobState.RUNNING);
		assertThat(this.line.stateOf(last)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.line.jobs.isEmpty()).isTrue();
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.Succeeded.class, JobEvent.Stale.class,
				JobEvent.Succeeded.class);
	}

	@Test
	void oneThatTheStoreRefusesByItsDataIsLetGoAtOnce() {
		Execution bad = this.line.claim();
		this.line.store.refused.put(bad.job().id(), StoreException.refusal("drill", null));

		this.line.completer.submit(bad, Line.DONE);

		assertThat(this.line.store.settled).hasSize(1);
		assertThat(this.line.jobs.isEmpty()).isTrue();
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.Stale.class);
	}

	@Test
	void oneThatTheStoreAnswersToBeRefusedIsLetGoAtOnce() {
		Execution bad = this.line.claim();
		this.line.store.refuseOnce();

		this.line.completer.submit(bad, Line.DONE);
		this.line.completer.loop().step();

		assertThat(this.line.store.settled).hasSize(1);
		assertThat(this.line.jobs.isEmpty()).isTrue();
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.Stale.class);
	}

	@Test
	void anOutageWhileEachIsSettledByItselfLosesNone() {
		Execution bad = this.line.claim();
		Execution good = this.line.claim();
		this.line.store.refused.put(bad.job().id(), new IllegalStateException("drill"));
		this.line.store.failOnce();
		List.of(bad, good).forEach((execution) -> this.line.completer.offer(execution, Line.DONE));

		this.line.completer.loop().step();
		boolean failed = this.line.completer.loop().failures() == 1;
		this.line.completer.loop().step();

		assertThat(failed).isTrue();
		assertThat(this.line.stateOf(good)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.Stale.class, JobEvent.Succeeded.class);
	}

	@Test
	void whatIsLeftAtTheEndIsSettledAlthoughTheLoopPauses() throws InterruptedException {
		Execution execution = this.line.claim();
		this.line.store.failOnce().failOnce();
		this.line.completer.submit(execution, Line.DONE);
		this.line.completer.loop().step();

		this.line.completer.settleAtLast(Duration.ZERO);

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aJobThatWasLostBeforeItsThreadBeganIsNotRun() {
		this.line.scene.handle("any", (payload, context) -> {
			throw new AssertionError("must not run");
		});
		Execution execution = this.line.claim();
		execution.lease().lose();

		execution.run();

		assertThat(this.line.jobs.isEmpty()).isTrue();
		assertThat(this.line.store.settled).isEmpty();
	}

	@Test
	void anInterruptThatAHandlerLeavesBehindDoesNotReachTheNextJob() {
		this.line.scene.handle("any", (payload, context) -> {
			Thread.currentThread().interrupt();
			return null;
		});
		Execution execution = this.line.claim();

		execution.run();

		assertThat(Thread.interrupted()).isFalse();
		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void theCompleterComesToSeeWhetherTheThreadOfAJobHangsInItsSettlement() {
		this.line.completer.loop().step();

		this.line.scene.clock.advance(Duration.ofSeconds(10));

		assertThat(this.line.completer.loop().isDue()).isTrue();
	}

	@Test
	void aJobThatIsBusyIsAskedForAgain() {
		Execution execution = this.line.claim();
		this.line.store.busyOnce().busyOnce();
		this.line.completer.submit(execution, Line.DONE);

		this.line.completer.loop().step();
		Duration pause = this.line.completer.loop().timeLeft();
		this.line.completer.loop().step();

		assertThat(pause).isEqualTo(Duration.ofMillis(50));
		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aSettlementAfterALostLeaseIsDroppedAndTold() {
		Execution execution = this.line.claim();
		this.line.scene.store.control().cancel(List.of(execution.job().id()), "drill");
		this.line.completer.submit(execution, Line.DONE);

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.CANCELLED);
		assertThat(this.line.jobs.isEmpty()).isTrue();
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.LeaseLost.class, JobEvent.Stale.class);
	}

	@Test
	void anAttemptHasOneEndOnly() {
		this.line.scene.handle("any", (payload, context) -> null);
		Execution execution = this.line.claim();

		execution.run();
		boolean endedAgain = execution.giveUp();

		assertThat(endedAgain).isFalse();
		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.line.store.settled).hasSize(1);
	}

}
