package dev.q.spring;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.TransactionMode;
import dev.q.UnknownJobTypeException;
import dev.q.UnsupportedJobOptionException;
import dev.q.job.Durability;
import dev.q.job.JobDetails;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SpringTransactionTests {

	private static final int NESTED = TransactionDefinition.PROPAGATION_NESTED;

	private static final int REQUIRED = TransactionDefinition.PROPAGATION_REQUIRED;

	private static final int REQUIRES_NEW = TransactionDefinition.PROPAGATION_REQUIRES_NEW;

	private final TransactionScene scene = new TransactionScene();

	@AfterEach
	void nothingIsLeftOnTheThread() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		this.scene.store.close();
	}

	@Test
	void nothingIsStoredBeforeTheCommit() {
		JobReceipt receipt = this.scene.inTransaction((status) -> {
			JobReceipt early = this.scene.enqueue("a");
			assertThat(early.status()).isEqualTo(JobReceipt.Status.DEFERRED);
			assertThat(this.scene.jobs.find(early)).isEmpty();
			assertThat(this.scene.jobs.find(early.id())).isEmpty();
			return early;
		});

		assertThat(this.scene.jobs.find(receipt)).map(JobDetails::id).contains(receipt.id());
		assertThat(this.scene.stored()).containsExactly("a");
	}

	@Test
	void outsideATransactionAJobIsStoredAtOnce() {
		JobTemplate patient = this.scene.jobs.with(JobOptions.NONE.transaction(TransactionMode.AFTER_COMMIT));

		assertThat(this.scene.enqueue("a").status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(patient.enqueue("b", null).status()).isEqualTo(JobReceipt.Status.STORED);
	}

	@Test
	void aRollbackStoresNothing() {
		this.scene.enqueueIn(REQUIRED, "a", true);
		assertThatIllegalStateException().isThrownBy(() -> this.scene.inTransaction((status) -> {
			this.scene.enqueue("b");
			throw new IllegalStateException("drill");
		}));
		this.scene.enqueueIn(REQUIRED, "c", false);

		assertThat(this.scene.stored()).containsExactly("c");
		assertThat(this.scene.notStored()).isEmpty();
	}

	@Test
	void aParticipantThatWantsARollbackTakesAllWithIt() {
		assertThatExceptionOfType(UnexpectedRollbackException.class)
			.isThrownBy(() -> this.scene.inTransaction((status) -> {
				this.scene.enqueue("a");
				return this.scene.enqueueIn(REQUIRED, "b", true);
			}));

		assertThat(this.scene.stored()).isEmpty();
	}

	@Test
	void jobsOfOneTransactionKeepTheirOrder() {
		this.scene.inTransaction((status) -> {
			this.scene.enqueue("a");
			this.scene.jobs.enqueueAll(List.of(JobRequest.of("b", null), JobRequest.of("c", null)));
			this.scene.enqueueIn(REQUIRED, "d", false);
			return this.scene.jobs.with(JobOptions.NONE.priority(5)).enqueue("e", null);
		});

		assertThat(this.scene.stored()).containsExactly("a", "b", "c", "d", "e");
	}

	@Test
	void whoeverDoesNotCareIsStoredAtOnceAndStays() {
		this.scene.inTransaction((status) -> {
			status.setRollbackOnly();
			List<JobReceipt> receipts = this.scene.jobs.enqueueAll(List.of(JobRequest.of("a", null),
					JobRequest.of("b", null).with((options) -> options.transaction(TransactionMode.NONE)),
					JobRequest.of("c", null)));
			assertThat(receipts).extracting(JobReceipt::status)
				.containsExactly(JobReceipt.Status.DEFERRED, JobReceipt.Status.STORED, JobReceipt.Status.DEFERRED);
			return receipts;
		});

		assertThat(this.scene.stored()).containsExactly("b");
	}

	@Test
	void aStoreThatCannotJoinRefusesToIfItIsAskedTo() {
		JobTemplate joining = this.scene.jobs.with(JobOptions.NONE.transaction(TransactionMode.JOIN));

		assertThatExceptionOfType(UnsupportedJobOptionException.class)
			.isThrownBy(() -> this.scene.inTransaction((status) -> joining.enqueue("a", null)))
			.withMessageContaining("transaction JOIN cannot be granted")
			.withMessageContaining("TRANSACTIONAL_ENQUEUE");
	}

	@Test
	void whatIsWrongWithAJobIsSaidAtTheCall() {
		this.scene.inTransaction((status) -> {
			JobTemplate jobs = this.scene.jobs;
			Durability copied = new Durability.Replicated(1, Duration.ofSeconds(1));
			assertThatExceptionOfType(UnknownJobTypeException.class).isThrownBy(() -> jobs.enqueue(42));
			assertThatIllegalArgumentException().isThrownBy(() -> jobs.enqueue("a", "x".repeat(300_000)));
			assertThatIllegalArgumentException().isThrownBy(() -> jobs.enqueue("a", new Broken()));
			assertThatExceptionOfType(UnsupportedJobOptionException.class)
				.isThrownBy(() -> jobs.with(JobOptions.NONE.durability(copied)).enqueue("a", null));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> jobs.enqueueAll(List.of(JobRequest.of("a", null), JobRequest.of("a", new Broken()))));
			return null;
		});

		assertThat(this.scene.stored()).isEmpty();
	}

	@Test
	void aTransactionOfItsOwnHasJobsOfItsOwn() {
		this.scene.inTransaction((status) -> {
			this.scene.enqueue("outer-1");
			this.scene.enqueueIn(REQUIRES_NEW, "lost", true);
			this.scene.enqueueIn(REQUIRES_NEW, "inner", false);
			assertThat(this.scene.stored()).containsExactly("inner");
			return this.scene.enqueue("outer-2");
		});

		assertThat(this.scene.stored()).containsExactly("inner", "outer-1", "outer-2");
	}

	@Test
	void aTransactionOfItsOwnSurvivesTheOneAroundIt() {
		this.scene.inTransaction((status) -> {
			status.setRollbackOnly();
			this.scene.enqueue("outer");
			return this.scene.enqueueIn(REQUIRES_NEW, "inner", false);
		});

		assertThat(this.scene.stored()).containsExactly("inner");
	}

	@Test
	void aNestedTransactionThatIsRolledBackTakesItsJobsWithIt() {
		this.scene.inTransaction((status) -> {
			this.scene.enqueueIn(NESTED, "first-lost", true);
			this.scene.enqueue("before");
			this.scene.enqueueIn(NESTED, "lost", true);
			this.scene.enqueueIn(NESTED, "kept", false);
			return this.scene.enqueue("after");
		});

		assertThat(this.scene.stored()).containsExactly("before", "kept", "after");
	}

	@Test
	void aNestedTransactionTakesThoseWithinItAlong() {
		this.scene.inTransaction((status) -> {
			this.scene.enqueue("before");
			this.scene.in(NESTED, (nested) -> {
				nested.setRollbackOnly();
				this.scene.enqueue("lost-1");
				this.scene.enqueueIn(NESTED, "lost-2", false);
				return this.scene.enqueueIn(REQUIRES_NEW, "own", false);
			});
			return this.scene.enqueueIn(NESTED, "after", false);
		});

		assertThat(this.scene.stored()).containsExactly("own", "before", "after");
	}

	@Test
	void aSavepointMayBeGoneBackToMoreThanOnce() {
		this.scene.inTransaction((status) -> {
			this.scene.enqueue("a");
			Object first = status.createSavepoint();
			this.scene.enqueue("lost-1");
			Object second = status.createSavepoint();
			this.scene.enqueue("lost-2");
			status.rollbackToSavepoint(second);
			status.rollbackToSavepoint(first);
			this.scene.enqueue("lost-3");
			status.rollbackToSavepoint(first);
			status.rollbackToSavepoint(second);
			return this.scene.enqueue("b");
		});

		assertThat(this.scene.stored()).containsExactly("a", "b");
	}

	@Test
	void aReadOnlyTransactionIsOneTooSinceTheStoreIsNotPartOfIt() {
		TransactionTemplate readOnly = new TransactionTemplate(this.scene.transactions);
		readOnly.setReadOnly(true);

		JobReceipt receipt = readOnly.execute((status) -> this.scene.enqueue("a"));

		assertThat(receipt.status()).isEqualTo(JobReceipt.Status.DEFERRED);
		assertThat(this.scene.stored()).containsExactly("a");
	}

	@Test
	void aScopeWithoutATransactionIsNone() {
		JobReceipt supported = this.scene.enqueueIn(TransactionDefinition.PROPAGATION_SUPPORTS, "a", true);
		JobReceipt suspended = this.scene.inTransaction((status) -> {
			status.setRollbackOnly();
			this.scene.enqueue("lost");
			return this.scene.enqueueIn(TransactionDefinition.PROPAGATION_NOT_SUPPORTED, "b", false);
		});

		assertThat(List.of(supported, suspended)).extracting(JobReceipt::status).containsOnly(JobReceipt.Status.STORED);
		assertThat(this.scene.stored()).containsExactly("a", "b");
	}

	@Test
	void twoStoresWaitForOneTransaction() {
		TransactionScene other = new TransactionScene();

		this.scene
			.inTransaction((status) -> List.of(this.scene.enqueue("a"), other.enqueue("b"), this.scene.enqueue("c")));

		assertThat(this.scene.stored()).containsExactly("a", "c");
		assertThat(other.stored()).containsExactly("b");
	}

	/** Cannot be encoded. */
	static class Broken {

		@JsonProperty
		String text() {
			throw new IllegalStateException("drill");
		}

	}

}
