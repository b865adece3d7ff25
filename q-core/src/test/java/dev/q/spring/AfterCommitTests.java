package dev.q.spring;

import java.util.ArrayList;
import java.util.List;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRejectedException;
import dev.q.JobRequest;
import dev.q.JobsNotStoredException;
import dev.q.QueueFullException;
import dev.q.TransactionMode;
import dev.q.job.JobId;
import dev.q.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * From the commit on.
 */
class AfterCommitTests {

	private final TransactionScene scene = new TransactionScene();

	private final List<JobReceipt> receipts = new ArrayList<>();

	@AfterEach
	void nothingIsLeftOnTheThread() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		this.scene.store.close();
	}

	@Test
	void whatACallbackEnqueuesBeforeTheCommitIsStoredWithTheRest() {
		this.scene.inTransaction((status) -> {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void beforeCommit(boolean readOnly) {
					AfterCommitTests.this.scene.enqueue("before-commit");
				}

			});
			return null;
		});

		assertThat(this.scene.stored()).containsExactly("before-commit");
	}

	@Test
	void whatACallbackEnqueuesAfterTheCommitIsStoredToo() {
		this.scene.inTransaction((status) -> {
			TransactionScene.afterCommit(() -> this.scene.enqueue("callback"));
			return this.scene.enqueue("a");
		});
		this.scene.inTransaction((status) -> {
			TransactionScene.afterCommit(() -> this.scene.enqueue("alone"));
			return null;
		});

		assertThat(this.scene.stored()).containsExactly("a", "callback", "alone");
	}

	@Test
	void whatIsEnqueuedAtTheCompletionIsStoredAtOnce() {
		this.scene.inTransaction((status) -> {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCompletion(int outcome) {
					AfterCommitTests.this.receipts.add(AfterCommitTests.this.scene.enqueue("completion"));
				}

			});
			status.setRollbackOnly();
			return null;
		});

		assertThat(this.receipts).extracting(JobReceipt::status).containsExactly(JobReceipt.Status.STORED);
		assertThat(this.scene.stored()).containsExactly("completion");
	}

	@Test
	void aTransactionOfACallbackAfterARollbackHasJobsOfItsOwn() {
		this.scene.inTransaction((status) -> {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCompletion(int outcome) {
					TransactionScene scene = AfterCommitTests.this.scene;
					scene.enqueueIn(TransactionDefinition.PROPAGATION_REQUIRES_NEW, "kept", false);
					scene.enqueueIn(TransactionDefinition.PROPAGATION_REQUIRES_NEW, "lost-too", true);
				}

			});
			status.setRollbackOnly();
			return this.scene.enqueue("lost");
		});

		assertThat(this.scene.stored()).containsExactly("kept");
	}

	@Test
	void aCallbackThatFailsDoesNotKeepJobsFromBeingStored() {
		assertThatIllegalStateException().isThrownBy(() -> this.scene.inTransaction((status) -> {
			TransactionScene.afterCommit(() -> {
				throw new IllegalStateException("drill");
			});
			return this.scene.enqueue("a");
		})).withMessage("drill");

		assertThat(this.scene.stored()).containsExactly("a");
	}

	@Test
	void whoeverEndsTheTransactionLearnsThatTheStoreFailed() {
		assertThatExceptionOfType(JobsNotStoredException.class).isThrownBy(() -> this.scene.inTransaction((status) -> {
			this.receipts.add(this.scene.enqueue("a"));
			this.receipts.add(this.scene.jobs.with(JobOptions.NONE.queue("mail")).enqueue("b", "text"));
			this.scene.store.close();
			return null;
		}))
			.withMessageContaining("2 of 2 jobs were not stored")
			.withCauseInstanceOf(StoreException.class)
			.satisfies((ex) -> {
				assertThat(ex.requests()).extracting(JobRequest::id)
					.containsExactlyElementsOf(this.receipts.stream().map(JobReceipt::id).toList());
				assertThat(ex.stored()).isEmpty();
			});

		assertThat(this.scene.notStored()).hasSize(2).allSatisfy((text) -> assertThat(text).contains("closed"));
	}

	@Test
	void theRequestsOfTheExceptionCanBeSentAgainAsTheyAre() {
		TransactionScene other = new TransactionScene();
		JobsNotStoredException failure = failureOfAView();

		List<JobReceipt> again = other.jobs.enqueueAll(failure.requests());

		assertThat(again).containsExactly(
				new JobReceipt(this.receipts.get(0).id(), this.receipts.get(0).queue(), JobReceipt.Status.STORED));
		assertThat(other.jobs.find(again.get(0)).orElseThrow().job().spec()).satisfies((spec) -> {
			assertThat(spec.priority()).isEqualTo(1);
			assertThat(spec.tags()).containsExactlyInAnyOrder("view", "call");
		});
		assertThat(other.jobs.enqueueAll(failure.requests())).extracting(JobReceipt::status)
			.containsExactly(JobReceipt.Status.DUPLICATE);
	}

	private JobsNotStoredException failureOfAView() {
		try {
			this.scene.inTransaction((status) -> {
				JobRequest request = JobRequest.of("a", "text").with((options) -> options.tag("call"));
				this.scene.store.close();
				return this.receipts
					.add(this.scene.jobs.with(JobOptions.NONE.priority(1).tag("view").queue("mail")).enqueue(request));
			});
		}
		catch (JobsNotStoredException ex) {
			return ex;
		}
		throw new AssertionError("The store is closed");
	}

	@Test
	void whatIsRefusedIsToldFromWhatIsStored() {
		this.scene.to("full", 1);

		assertThatExceptionOfType(JobsNotStoredException.class).isThrownBy(() -> this.scene.inTransaction((status) -> {
			this.receipts.add(this.scene.to("free", 1));
			this.receipts.add(this.scene.to("full", 1));
			this.receipts.add(this.scene.to("open", 1));
			return null;
		})).withMessageContaining("1 of 3 jobs").withCauseInstanceOf(QueueFullException.class).satisfies((ex) -> {
			assertThat(ex.requests()).extracting(JobRequest::id).containsExactly(this.receipts.get(1).id());
			assertThat(ex.stored()).extracting(JobReceipt::id)
				.containsExactly(this.receipts.get(0).id(), this.receipts.get(2).id());
			assertThat(ex.stored()).extracting(JobReceipt::status).containsOnly(JobReceipt.Status.STORED);
		});
		assertThat(this.scene.notStored()).singleElement().asString().contains("Queue full is full");
	}

	@Test
	void aRefusalOfAJobThatDoesNotWaitLeavesTheOthersWaiting() {
		this.scene.to("full", 1);
		JobRequest now = JobRequest.of("now", null)
			.with((options) -> options.queue("full").maxLength(1).transaction(TransactionMode.NONE));

		this.scene.inTransaction((status) -> {
			assertThatExceptionOfType(JobRejectedException.class)
				.isThrownBy(() -> this.scene.jobs.enqueueAll(List.of(JobRequest.of("later", null), now)))
				.satisfies((ex) -> assertThat(ex.stored()).extracting(JobReceipt::status)
					.containsExactly(JobReceipt.Status.DEFERRED));
			return null;
		});

		assertThat(this.scene.stored()).containsExactly("job", "later");
	}

	@Test
	void aDuplicateShowsAtTheCommitAndIsNoFailure() {
		JobId known = this.scene.enqueue("a").id();

		JobReceipt receipt = this.scene
			.inTransaction((status) -> this.scene.jobs.enqueue(JobRequest.of("a", null).withId(known)));

		assertThat(receipt.status()).isEqualTo(JobReceipt.Status.DEFERRED);
		assertThat(this.scene.stored()).containsExactly("a");
	}

	@Test
	void afterACommitOfWhichNobodyKnowsNothingIsStoredAndListenersAreTold() {
		this.scene.transactions.breakCommit();

		assertThatExceptionOfType(TransactionSystemException.class)
			.isThrownBy(() -> this.scene.inTransaction((status) -> this.scene.enqueue("a")));

		assertThat(this.scene.stored()).isEmpty();
		assertThat(this.scene.notStored()).containsExactly("a: Nobody knows whether its transaction was committed");
	}

}
