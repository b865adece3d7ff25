package dev.q.attempt;

import java.util.List;
import java.util.concurrent.Callable;

import dev.q.JobContext;
import dev.q.event.JobEvent;
import dev.q.handler.HandlerInvoker;
import dev.q.job.JobState;
import dev.q.job.LeaseLostException;
import dev.q.scene.HeldTransactions;
import dev.q.scene.HeldTransactions.CommitPlan;
import dev.q.store.LeaseAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class CompleteInTransactionTests {

	private final Line line = new Line();

	private final HeldTransactions transactions = this.line.scene.transactions;

	@AfterEach
	void close() {
		this.line.scene.close();
	}

	@Test
	void withTheCommitTheJobIsDoneWhateverItsHandlerDoesThen() {
		Execution execution = run((payload, context) -> {
			inTransaction(() -> complete(context));
			assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.Succeeded.class);
			assertThat(this.line.jobs.isEmpty()).isTrue();
			assertThat(context.shouldStop()).isTrue();
			assertThat(context.leaseLost()).isFalse();
			throw new IllegalStateException("drill");
		});

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.line.store.settled).isEmpty();
		assertThat(this.line.scene.events).hasSize(1);
	}

	@Test
	void afterARollbackTheHandlersWordCounts() {
		Execution execution = run((payload, context) -> {
			assertThatIllegalStateException().isThrownBy(() -> inTransaction(() -> {
				complete(context);
				throw new IllegalStateException("drill");
			}));
			throw new IllegalStateException("drill");
		});

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.RETRYING);
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.Retried.class);
	}

	@Test
	void afterARollbackItMayBeCompletedAgain() {
		Execution execution = run((payload, context) -> {
			inTransaction(() -> {
				complete(context);
				this.transactions.rollBack();
				return complete(context);
			});
			return null;
		});

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.line.store.settled).isEmpty();
	}

	@Test
	void twiceIsOnceTooOften() {
		Execution execution = run((payload, context) -> {
			inTransaction(() -> {
				complete(context);
				assertThatIllegalStateException().isThrownBy(context::completeInCurrentTransaction)
					.withMessageContaining("already");
				return null;
			});
			assertThatIllegalStateException().isThrownBy(() -> inTransaction(() -> complete(context)));
			return null;
		});

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.line.scene.events).hasSize(1);
	}

	@Test
	void aLostJobIsSaidByAnExceptionThatRollsBack() {
		this.transactions.answers.add(LeaseAnswer.LOST);

		Execution execution = run((payload, context) -> {
			this.line.scene.store.control().cancel(List.of(context.id()), "drill");
			assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> inTransaction(() -> complete(context)))
				.withMessageContaining(context.id().toString());
			return null;
		});

		assertThat(this.transactions.rolledBack).isOne();
		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.CANCELLED);
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.LeaseLost.class, JobEvent.Stale.class);
	}

	@Test
	void aCommitWhoseAnswerIsLostIsNotSettledTwice() {
		this.transactions.planCommit(CommitPlan.LOSE_ANSWER);

		Execution execution = run((payload, context) -> {
			inTransaction(() -> complete(context));
			return null;
		});

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.line.jobs.isEmpty()).isTrue();
	}

	@Test
	void aRenewalBetweenTheCommitAndTheNewsOfItIsNoLoss() {
		this.line.scene.clock.advance(Line.LEASE.dividedBy(3));
		this.transactions.afterCommit = () -> {
			this.line.scene.clock.advance(Line.LEASE.dividedBy(3));
			this.line.leases.loop().step();
		};

		Execution execution = run((payload, context) -> {
			inTransaction(() -> complete(context));
			return null;
		});

		assertThat(execution.leaseLost()).isFalse();
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.Succeeded.class);
	}

	@Test
	void aTransactionThatIsOpenForLongKeepsTheLease() {
		Execution execution = run((payload, context) -> {
			inTransaction(() -> {
				complete(context);
				for (int i = 0; i < 6; i++) {
					this.line.scene.clock.advance(Line.LEASE.dividedBy(3));
					this.line.store.busyOnce();
					this.line.leases.loop().step();
					this.line.deadlines.loop().step();
				}
				assertThat(context.leaseLost()).isFalse();
				return null;
			});
			return null;
		});

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void theEngineEndsNoAttemptWhoseTransactionIsOpen() {
		Execution execution = run((payload, context) -> {
			inTransaction(() -> {
				complete(context);
				assertThat(((Execution) context).giveUp()).isFalse();
				this.transactions.rollBack();
				complete(context);
				return null;
			});
			assertThat(((Execution) context).giveUp()).isFalse();
			return null;
		});

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.line.jobs.isEmpty()).isTrue();
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.Succeeded.class);
	}

	@Test
	void anAttemptThatTheEngineHasEndedIsNotSettledInATransaction() {
		Execution execution = run((payload, context) -> {
			((Execution) context).giveUp();
			inTransaction(() -> {
				assertThatIllegalStateException().isThrownBy(context::completeInCurrentTransaction);
				return null;
			});
			return null;
		});
		this.line.completer.loop().step();

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.READY);
	}

	@Test
	void whereNothingJoinsTransactionsThatIsSaid() {
		assertThatIllegalStateException().isThrownBy(() -> HandlerTransactions.NONE.run(() -> null))
			.withMessageContaining("nothing here settles jobs in transactions");
	}

	private static Object complete(JobContext context) {
		context.completeInCurrentTransaction();
		return "completed";
	}

	private void inTransaction(Callable<Object> work) throws Exception {
		this.transactions.run(work);
	}

	private Execution run(HandlerInvoker handler) {
		this.line.scene.handle("any", handler);
		Execution execution = this.line.claim();
		execution.run();
		return execution;
	}

}
