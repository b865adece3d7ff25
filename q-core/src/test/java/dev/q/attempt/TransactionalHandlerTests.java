package dev.q.attempt;

import java.time.Duration;
import java.util.List;

import dev.q.JobOutcome;
import dev.q.event.JobEvent;
import dev.q.handler.HandlerInvoker;
import dev.q.job.JobLimits;
import dev.q.job.JobState;
import dev.q.job.StoredResult;
import dev.q.scene.HeldTransactions;
import dev.q.scene.HeldTransactions.CommitPlan;
import dev.q.store.LeaseAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TransactionalHandlerTests {

	private final Line line = new Line();

	private final HeldTransactions transactions = this.line.scene.transactions;

	@AfterEach
	void close() {
		this.line.scene.close();
	}

	@Test
	void theJobIsSettledByTheCommitAndNotAgain() {
		Execution execution = run((payload, context) -> "done");

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.line.scene.find(execution.id()).result()).isInstanceOf(StoredResult.Value.class);
		assertThat(this.transactions.committed).isOne();
		assertThat(this.line.store.settled).isEmpty();
		assertThat(this.line.jobs.isEmpty()).isTrue();
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.Succeeded.class);
	}

	@Test
	void nobodyHearsOfItBeforeTheCommit() {
		this.transactions.beforeCommit = () -> assertThat(this.line.scene.events).isEmpty();

		run((payload, context) -> null);

		assertThat(this.line.scene.events).hasSize(1);
	}

	@Test
	void whatAHandlerSaysOfItsJobIsCommittedToo() {
		Execution snoozed = run((payload, context) -> JobOutcome.snooze(Duration.ofHours(1)));
		Execution cancelled = run((payload, context) -> JobOutcome.cancel("drill"));

		assertThat(this.line.stateOf(snoozed)).isEqualTo(JobState.SCHEDULED);
		assertThat(this.line.stateOf(cancelled)).isEqualTo(JobState.CANCELLED);
		assertThat(this.transactions.committed).isEqualTo(2);
		assertThat(this.line.store.settled).isEmpty();
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.Released.class, JobEvent.Cancelled.class);
	}

	@Test
	void aFailureIsRolledBackHoweverItIsSaidAndSettledOutside() {
		List<HandlerInvoker> failures = List.of((payload, context) -> {
			throw new Exception("checked");
		}, (payload, context) -> {
			throw new StackOverflowError("drill");
		}, (payload, context) -> JobOutcome.fail("drill"),
				(payload, context) -> JobOutcome.retryAt(this.line.scene.clock.instant().plusSeconds(60), "drill"),
				(payload, context) -> {
					throw JobOutcome.fail("drill").toException();
				});

		for (HandlerInvoker failure : failures) {
			assertThat(this.line.scene.find(run(failure).id()).job().counters().failures()).isOne();
		}
		assertThat(this.transactions.rolledBack).isEqualTo(failures.size());
		assertThat(this.transactions.committed).isZero();
		assertThat(this.line.scene.events).hasSize(failures.size()).hasOnlyElementsOfType(JobEvent.Retried.class);
	}

	@Test
	void aLostJobRollsBackAndIsSettledByNobody() {
		this.transactions.answers.add(LeaseAnswer.LOST);

		Execution execution = run((payload, context) -> null);

		assertThat(this.transactions.rolledBack).isOne();
		assertThat(this.line.store.settled).isEmpty();
		assertThat(this.line.jobs.isEmpty()).isTrue();
		assertThat(execution.leaseLost()).isTrue();
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.LeaseLost.class, JobEvent.Stale.class);
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void aBusyJobIsAskedForAgain() {
		this.transactions.answers.addAll(List.of(LeaseAnswer.BUSY, LeaseAnswer.BUSY));

		Execution execution = run((payload, context) -> null);

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aCommitThatFailsIsAFailureOfTheAttempt() {
		this.transactions.planCommit(CommitPlan.FAIL);

		Execution execution = run((payload, context) -> null);

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.RETRYING);
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.Retried.class);
	}

	@Test
	void aCommitWhoseAnswerIsLostIsNotSettledTwice() {
		this.transactions.planCommit(CommitPlan.LOSE_ANSWER);

		Execution execution = run((payload, context) -> null);

		assertThat(this.line.store.settled).hasSize(1);
		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.line.scene.find(execution.id()).job().counters().failures()).isZero();
		assertThat(this.line.jobs.isEmpty()).isTrue();
	}

	@Test
	void whatFailsAfterTheCommitDoesNotUndoTheJob() {
		this.transactions.planCommit(CommitPlan.FAIL_AFTERWARDS);

		Execution execution = run((payload, context) -> null);

		assertThat(this.line.store.settled).isEmpty();
		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.Succeeded.class);
	}

	@Test
	void nothingInterruptsTheCommit() {
		this.line.scene.handleInTransaction("any", (payload, context) -> {
			Thread.currentThread().interrupt();
			return null;
		});
		Execution execution = this.line.claim(new JobLimits(5, 3, null, Duration.ofSeconds(1), null, null));
		this.transactions.beforeCommit = () -> {
			assertThat(Thread.currentThread().isInterrupted()).isFalse();
			this.line.scene.clock.advance(Duration.ofMinutes(1));
			this.line.deadlines.loop().step();
			execution.interruptToStop();
			assertThat(Thread.currentThread().isInterrupted()).isFalse();
			assertThat(execution.giveUp()).isFalse();
		};

		execution.run();

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.line.abandoned).hasValue(0);
	}

	@Test
	void aHandlerThatWasGivenUpCommitsNothing() {
		this.line.scene.handleInTransaction("any", (payload, context) -> {
			((Execution) context).giveUp();
			return null;
		});
		Execution execution = this.line.claim();

		execution.run();
		this.line.completer.loop().step();

		assertThat(this.transactions.rolledBack).isOne();
		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.READY);
	}

	@Test
	void aHandlerThatHasCompletedItsJobItselfIsNotSettledTwice() {
		Execution execution = run((payload, context) -> {
			context.completeInCurrentTransaction("first");
			return "second";
		});

		assertThat(this.transactions.committed).isOne();
		assertThat(this.line.store.settled).isEmpty();
		assertThat(this.line.scene.find(execution.id()).result()).isInstanceOfSatisfying(StoredResult.Value.class,
				(value) -> assertThat(this.line.scene.decode(value.payload(), String.class)).isEqualTo("first"));
	}

	private Execution run(HandlerInvoker handler) {
		String type = "type-" + this.line.scene.events.size() + "-" + this.transactions.rolledBack;
		this.line.scene.handleInTransaction(type, handler);
		Execution execution = this.line.claim(this.line.scene.job(type, "x"));
		execution.run();
		return execution;
	}

}
