package dev.q.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.q.DuplicateJobException;
import dev.q.JobReceipt;
import dev.q.JobRejectedException;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.JobsNotStoredException;
import dev.q.NotReplicatedException;
import dev.q.QueueFullException;
import dev.q.event.JobEvent;
import dev.q.job.Durability;
import dev.q.job.JobId;
import dev.q.job.UniqueKey;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertAnswer.Entry;
import dev.q.store.InsertGroup;
import dev.q.store.StoreCapability;
import dev.q.store.StoreException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Jobs that are stored with fewer copies than they asked for.
 */
class ReplicationTests {

	private static final JobId HOLDER = new JobId(new UUID(7, 7));

	private final Client client = Client.able(StoreCapability.REPLICATED_DURABILITY);

	private final List<DeferredJobs> waiting = new ArrayList<>();

	private final JobTemplate inTransaction = this.client.in(() -> Optional.of(this.waiting::add));

	@Test
	void aJobWithTooFewCopiesExistsAndTheExceptionSaysSo() {
		this.client.store.answerNext((group) -> few(group, 1));

		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(() -> this.client.jobs.enqueue(to("a")))
			.satisfies((ex) -> {
				JobId id = this.client.store.job().id();
				assertThat(ex.jobs()).containsExactly(id);
				assertThat(ex.wanted()).isEqualTo(2);
				assertThat(ex.reached()).isEqualTo(1);
				assertThat(ex.receipts()).extracting(JobReceipt::id).containsExactly(id);
				assertThat(ex.receipts()).extracting(JobReceipt::status).containsExactly(JobReceipt.Status.STORED);
				assertThat(ex).hasMessageContaining("Job " + id + " is stored and will run")
					.hasMessageContaining("1 of 2 copies");
			});
	}

	@Test
	void aJobWithTooFewCopiesIsAnnouncedAsStored() {
		this.client.store.answerNext((group) -> few(group, 0));

		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(() -> this.client.jobs.enqueue(to("a")));

		assertThat(this.client.events).hasExactlyElementsOfTypes(JobEvent.Enqueued.class, JobEvent.NotReplicated.class);
	}

	@Test
	void theSameIdAgainIsADuplicateWhateverIsSaidOfCopies() {
		this.client.store.answerNext(
				(group) -> new InsertAnswer.NotReplicated(List.of(new Entry(group.jobs().get(0).id(), false)), 2, 0));

		assertThat(this.client.jobs.enqueue(to("a")).status()).isEqualTo(JobReceipt.Status.DUPLICATE);
		assertThat(this.client.events).hasExactlyElementsOfTypes(JobEvent.Deduplicated.class);
	}

	@Test
	void allReceiptsOfTheCallAreInTheException() {
		this.client.store.answerNext(RecordingStore::stored);
		this.client.store.answerNext((group) -> few(group, 0));

		assertThatExceptionOfType(NotReplicatedException.class)
			.isThrownBy(() -> this.client.jobs.enqueueAll(List.of(to("a"), to("b"), to("a"), to("b"))))
			.withMessageContaining("2 jobs, the first of them")
			.satisfies((ex) -> assertThat(ex.receipts()).extracting((receipt) -> receipt.queue().value())
				.containsExactly("a", "b", "a", "b"))
			.satisfies((ex) -> assertThat(ex.jobs()).containsExactly(ex.receipts().get(1).id(),
					ex.receipts().get(3).id()));
		assertThat(this.client.events).filteredOn(JobEvent.Enqueued.class::isInstance).hasSize(4);
		assertThat(this.client.events).filteredOn(JobEvent.NotReplicated.class::isInstance).hasSize(2);
	}

	@Test
	void severalShortfallsAreOneExceptionThatHoldsThemAll() {
		this.client.store.answerNext((group) -> few(group, 1));
		this.client.store.answerNext((group) -> few(group, 0));

		assertThatExceptionOfType(NotReplicatedException.class)
			.isThrownBy(() -> this.client.jobs.enqueueAll(List.of(to("a"), to("b"), to("a"))))
			.withMessageContaining("0 of 2 copies")
			.satisfies((ex) -> assertThat(ex.jobs())
				.containsExactlyElementsOf(ex.receipts().stream().map(JobReceipt::id).toList()))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).extracting(Throwable::getMessage)
				.satisfiesExactly((first) -> assertThat(first).contains("1 of 2"),
						(second) -> assertThat(second).contains("0 of 2")));
	}

	@Test
	void aRefusalGoesFirstAndHoldsTheShortfall() {
		this.client.store.answerNext((group) -> few(group, 0));
		this.client.store.answerNext((group) -> new InsertAnswer.Full(1, 1));

		assertThatExceptionOfType(QueueFullException.class)
			.isThrownBy(() -> this.client.jobs.enqueueAll(List.of(to("a"), to("b"))))
			.satisfies((ex) -> assertThat(ex.stored()).extracting((receipt) -> receipt.queue().value())
				.containsExactly("a"))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).hasExactlyElementsOfTypes(NotReplicatedException.class));
	}

	@Test
	void aTakenKeyInAGroupWithTooFewCopiesIsStillRefused() {
		JobRequest once = to("a").with(
				(options) -> options.unique(new UniqueKey("k", UniqueKey.Scope.UNTIL_DONE, UniqueKey.Conflict.THROW)));
		this.client.store.answerNext((group) -> new InsertAnswer.NotReplicated(
				List.of(new Entry(group.jobs().get(0).id(), true), new Entry(HOLDER, false)), 2, 1));

		assertThatExceptionOfType(DuplicateJobException.class)
			.isThrownBy(() -> this.client.jobs.enqueueAll(List.of(to("a"), once)))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement()
				.isInstanceOfSatisfying(NotReplicatedException.class,
						(few) -> assertThat(few.jobs()).containsExactly(this.client.events.get(0).id())));
	}

	@Test
	void afterACommitJobsWithTooFewCopiesAreStoredAndNotReportedAsLost() {
		JobReceipt receipt = this.inTransaction.enqueue(to("a"));
		this.client.store.answerNext((group) -> few(group, 0));

		assertThatExceptionOfType(NotReplicatedException.class)
			.isThrownBy(() -> DeferredJobs.sum(this.waiting).committed())
			.satisfies((ex) -> assertThat(ex.jobs()).containsExactly(receipt.id()));
		assertThat(this.client.events).hasExactlyElementsOfTypes(JobEvent.Enqueued.class, JobEvent.NotReplicated.class);
	}

	@Test
	void afterACommitOnlyWhatWasRefusedIsToBeSentAgain() {
		List<JobReceipt> receipts = this.inTransaction.enqueueAll(List.of(to("a"), to("b")));
		this.client.store.answerNext((group) -> few(group, 0));
		this.client.store.answerNext((group) -> new InsertAnswer.Paused());

		JobsNotStoredException failure = failureAfterCommit();

		assertThat(failure).hasCauseInstanceOf(JobRejectedException.class);
		assertThat(failure.requests()).extracting(JobRequest::id).containsExactly(receipts.get(1).id());
		assertThat(failure.stored()).extracting(JobReceipt::id).containsExactly(receipts.get(0).id());
		assertThat(failure.getSuppressed()).hasExactlyElementsOfTypes(NotReplicatedException.class);
	}

	@Test
	void aFailureAfterTheCommitDoesNotHideWhatLacksCopies() {
		for (int i = 0; i <= JobWriter.MAX_GROUPS; i++) {
			this.inTransaction.enqueue(to("queue-" + i));
			this.client.store
				.answerNext((i < JobWriter.MAX_GROUPS) ? (group) -> few(group, 0) : ReplicationTests::fail);
		}

		JobsNotStoredException failure = failureAfterCommit();

		assertThat(failure).hasCauseInstanceOf(StoreException.class);
		assertThat(failure.requests()).hasSize(1);
		assertThat(failure.getSuppressed()).singleElement()
			.isInstanceOfSatisfying(NotReplicatedException.class,
					(ex) -> assertThat(ex.jobs()).hasSize(JobWriter.MAX_GROUPS));
	}

	@Test
	void aShortfallThatIsNoneIsNoAnswer() {
		assertThatIllegalArgumentException().isThrownBy(() -> new InsertAnswer.NotReplicated(List.of(), 1, 1))
			.withMessageContaining("the 1 wanted");
		assertThatIllegalArgumentException().isThrownBy(() -> new InsertAnswer.NotReplicated(List.of(), 1, -1));
	}

	private JobsNotStoredException failureAfterCommit() {
		try {
			DeferredJobs.sum(this.waiting).committed();
		}
		catch (JobsNotStoredException ex) {
			return ex;
		}
		throw new AssertionError("Some jobs cannot be stored");
	}

	private static InsertAnswer few(InsertGroup group, int reached) {
		return new InsertAnswer.NotReplicated(group.jobs().stream().map((job) -> new Entry(job.id(), true)).toList(), 2,
				reached);
	}

	private static InsertAnswer fail(InsertGroup group) {
		throw new StoreException("The line went dead");
	}

	private static JobRequest to(String queue) {
		return JobRequest.of("t", null)
			.with((options) -> options.queue(queue).durability(new Durability.Replicated(2, Duration.ofSeconds(1))));
	}

}
