package dev.q.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.QueueFullException;
import dev.q.TransactionMode;
import dev.q.UnsupportedJobOptionException;
import dev.q.event.JobEvent;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.StoreCapability;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JoiningTests {

	private final Client client = Client.able(StoreCapability.TRANSACTIONAL_ENQUEUE, StoreCapability.GROUP_COMMIT);

	private final List<DeferredJobs> deferred = new ArrayList<>();

	private final JobTemplate jobs = this.client.in(() -> Optional.of(this.deferred::add));

	@Test
	void aTransactionThatTheStoreCanJoinIsJoinedUnlessTheJobIsToWaitOrToStayApart() {
		assertThat(this.jobs.enqueue("unset", null).status()).isEqualTo(JobReceipt.Status.JOINED);
		assertThat(in(TransactionMode.JOIN).enqueue("join", null).status()).isEqualTo(JobReceipt.Status.JOINED);
		assertThat(in(TransactionMode.AFTER_COMMIT).enqueue("wait", null).status())
			.isEqualTo(JobReceipt.Status.DEFERRED);
		assertThat(in(TransactionMode.NONE).enqueue("apart", null).status()).isEqualTo(JobReceipt.Status.STORED);

		assertThat(this.client.store.joined().types()).containsExactly("unset", "join");
		assertThat(storedApart()).containsExactly("apart");
	}

	@Test
	void oneCallMayDoAllThree() {
		List<JobReceipt> receipts = this.jobs
			.enqueueAll(List.of(request("wait", TransactionMode.AFTER_COMMIT), request("join", TransactionMode.JOIN),
					request("apart", TransactionMode.NONE), JobRequest.of("unset", null)));

		assertThat(receipts).extracting(JobReceipt::status)
			.containsExactly(JobReceipt.Status.DEFERRED, JobReceipt.Status.JOINED, JobReceipt.Status.STORED,
					JobReceipt.Status.JOINED);
		assertThat(this.client.store.joined().types()).containsExactly("join", "unset");
		assertThat(storedApart()).containsExactly("apart");
	}

	@Test
	void nobodyHearsOfAJoinedJobBeforeTheCommit() {
		this.jobs.enqueue("joined", null);
		int before = this.client.events.size();

		DeferredJobs.sum(this.deferred).committed();

		assertThat(before).isZero();
		assertThat(this.client.events).singleElement()
			.satisfies((event) -> assertThat(event.spec().type()).hasToString("joined"));
		assertThat(this.client.store.inserts()).isEmpty();
	}

	@Test
	void nobodyHearsOfAJoinedJobWhoseCommitNobodyKnows() {
		this.jobs.enqueue("joined", null);

		DeferredJobs.sum(this.deferred).abandon("drill");

		assertThat(this.client.events).isEmpty();
	}

	@Test
	void aTransactionOfAnotherResourceIsWaitedFor() {
		this.client.store.joined().isOfAnotherResource = true;

		JobReceipt receipt = this.jobs.enqueue("unset", null);

		assertThat(receipt.status()).isEqualTo(JobReceipt.Status.DEFERRED);
	}

	@Test
	void whoeverInsistsOnATransactionOfAnotherResourceIsRefusedBeforeAnythingIsStored() {
		this.client.store.joined().isOfAnotherResource = true;
		List<JobRequest> requests = List.of(request("apart", TransactionMode.NONE), JobRequest.of("unset", null),
				request("join", TransactionMode.JOIN));

		assertThatExceptionOfType(UnsupportedJobOptionException.class).isThrownBy(() -> this.jobs.enqueueAll(requests))
			.withMessageContainingAll("transaction JOIN", "another resource", "store recording", "AFTER_COMMIT");
		assertThat(this.client.store.inserts()).isEmpty();
		assertThat(this.deferred).isEmpty();
	}

	@Test
	void aReadOnlyTransactionIsRefusedBeforeAnythingIsStored() {
		this.client.store.joined().isReadOnly = true;
		List<JobRequest> requests = List.of(request("apart", TransactionMode.NONE),
				request("wait", TransactionMode.AFTER_COMMIT), JobRequest.of("unset", null));

		assertThatExceptionOfType(UnsupportedJobOptionException.class).isThrownBy(() -> this.jobs.enqueueAll(requests))
			.withMessageContaining("The transaction is read-only")
			.withCauseInstanceOf(IllegalStateException.class);
		assertThat(this.client.store.inserts()).isEmpty();
		assertThat(this.deferred).isEmpty();
	}

	@Test
	void whatARefusedCallHasStoredInTheTransactionIsToldOfAfterTheCommit() {
		this.client.store.answerNext(RecordingStore::stored);
		this.client.store.answerNext(JoiningTests::full);
		List<JobRequest> requests = List.of(JobRequest.of("in", null),
				JobRequest.of("out", null).with((options) -> options.queue("full")));

		assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> this.jobs.enqueueAll(requests))
			.satisfies((ex) -> assertThat(ex.stored()).extracting(JobReceipt::status)
				.containsExactly(JobReceipt.Status.JOINED));
		assertThat(this.client.events).hasExactlyElementsOfTypes(JobEvent.Refused.class);
		DeferredJobs.sum(this.deferred).committed();
		assertThat(this.client.events).hasExactlyElementsOfTypes(JobEvent.Refused.class, JobEvent.Enqueued.class);
	}

	@Test
	void aDuplicateIsNotToldOf() {
		this.client.store.answerNext(
				(group) -> new InsertAnswer.Accepted(List.of(new InsertAnswer.Entry(group.jobs().get(0).id(), false))));

		JobReceipt receipt = this.jobs.enqueue("known", null);

		assertThat(receipt.status()).isEqualTo(JobReceipt.Status.DUPLICATE);
		assertThat(this.deferred).isEmpty();
	}

	@Test
	void aTemplateThatSeesNoTransactionsStoresPastThem() {
		JobReceipt receipt = this.client.jobs.enqueue("apart", null);

		assertThat(receipt.status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(storedApart()).containsExactly("apart");
		assertThat(this.client.store.joined().types()).isEmpty();
	}

	private JobTemplate in(TransactionMode mode) {
		return this.jobs.with(JobOptions.NONE.transaction(mode));
	}

	private static JobRequest request(String type, TransactionMode mode) {
		return JobRequest.of(type, null).with((options) -> options.transaction(mode));
	}

	private static InsertAnswer full(InsertGroup group) {
		return new InsertAnswer.Full(1, 1);
	}

	private List<String> storedApart() {
		return this.client.store.groups()
			.stream()
			.flatMap((group) -> group.jobs().stream())
			.map((job) -> job.spec().type().value())
			.toList();
	}

}
