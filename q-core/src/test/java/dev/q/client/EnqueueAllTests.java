package dev.q.client;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.q.DuplicateJobException;
import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRejectedException;
import dev.q.JobRequest;
import dev.q.QueueFullException;
import dev.q.QueuePausedException;
import dev.q.event.JobEvent;
import dev.q.job.Durability;
import dev.q.job.JobId;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EnqueueAllTests {

	private static final JobId HOLDER = new JobId(new UUID(7, 7));

	private final Client client = Client.plain();

	@Test
	void nothingIsStoredInNoStep() {
		assertThat(this.client.jobs.enqueueAll(List.of())).isEmpty();
		assertThat(this.client.store.inserts()).isEmpty();
	}

	@Test
	void jobsAreStoredQueueByQueueInOneStepAndAnsweredInOrder() {
		List<JobReceipt> receipts = this.client.jobs
			.enqueueAll(List.of(request("a"), request("b"), request("a"), request("b")));

		assertThat(this.client.store.inserts()).hasSize(1);
		assertThat(this.client.store.groups()).extracting((group) -> group.queue().value()).containsExactly("a", "b");
		assertThat(receipts).extracting((receipt) -> receipt.queue().value()).containsExactly("a", "b", "a", "b");
		assertThat(ids(this.client.store.groups().get(0))).containsExactly(receipts.get(0).id(), receipts.get(2).id());
	}

	@Test
	void aQueueIsSplitIntoChunksInOrder() {
		List<JobReceipt> receipts = this.client.jobs
			.enqueueAll(IntStream.range(0, 2500).mapToObj((i) -> request("a")).toList());

		assertThat(this.client.store.groups()).extracting((group) -> group.jobs().size())
			.containsExactly(1000, 1000, 500);
		assertThat(this.client.store.groups().stream().flatMap((group) -> ids(group).stream()))
			.containsExactlyElementsOf(receipts.stream().map(JobReceipt::id).toList());
	}

	@Test
	void aCallOfTheStoreIsBounded() {
		List<JobReceipt> receipts = this.client.jobs
			.enqueueAll(IntStream.range(0, 40).mapToObj((i) -> request("queue-" + i)).toList());

		assertThat(this.client.store.inserts()).extracting(List::size).containsExactly(16, 16, 8);
		assertThat(receipts).extracting((receipt) -> receipt.queue().value())
			.containsExactlyElementsOf(IntStream.range(0, 40).mapToObj((i) -> "queue-" + i).toList());
	}

	@Test
	void largePayloadsAreStoredFewAtATime() {
		byte[] large = new byte[256 * 1024];
		List<JobReceipt> receipts = this.client.jobs.enqueueAll(IntStream.range(0, 80)
			.mapToObj((i) -> JobRequest.of("t", large).with((options) -> options.queue((i < 70) ? "a" : "b")))
			.toList());

		assertThat(this.client.store.inserts())
			.extracting((call) -> call.stream().map((group) -> group.jobs().size()).toList())
			.containsExactly(List.of(32), List.of(32), List.of(6, 10));
		assertThat(this.client.store.groups().stream().flatMap((group) -> ids(group).stream()))
			.containsExactlyElementsOf(receipts.stream().map(JobReceipt::id).toList());
	}

	@Test
	void whatHasAnotherLimitOrDurabilityGoesApartAndKeepsItsPlace() {
		JobRequest limited = request("a").with((options) -> options.maxLength(5));
		JobRequest relaxed = request("a").with((options) -> options.durability(Durability.RELAXED));

		List<JobReceipt> receipts = this.client.jobs
			.enqueueAll(List.of(request("a"), request("a"), limited, relaxed, relaxed, request("a")));

		assertThat(this.client.store.groups()).extracting((group) -> group.jobs().size()).containsExactly(2, 1, 2, 1);
		assertThat(this.client.store.groups()).extracting(InsertGroup::maxLength).containsExactly(0, 5, 0, 0);
		assertThat(this.client.store.groups().stream().flatMap((group) -> ids(group).stream()))
			.containsExactlyElementsOf(receipts.stream().map(JobReceipt::id).toList());
	}

	@Test
	void oneBadRequestStoresNothing() {
		List<JobRequest> requests = List.of(request("a"), request("a").with((options) -> options.priority(3)),
				JobRequest.of("t", new byte[300_000]));

		assertThatIllegalArgumentException().isThrownBy(() -> this.client.jobs.enqueueAll(requests))
			.withMessageContaining("300000 bytes");
		assertThat(this.client.store.inserts()).isEmpty();
		assertThat(this.client.events).isEmpty();
	}

	@Test
	void aMissingRequestIsReportedByItsPlace() {
		List<@Nullable JobRequest> requests = new ArrayList<>();
		requests.add(request("a"));
		requests.add(null);

		assertThatIllegalArgumentException().isThrownBy(() -> this.client.jobs.enqueueAll(requests))
			.withMessageContaining("Request 2 of 2 is null");
		assertThat(this.client.store.inserts()).isEmpty();
	}

	@Test
	void aFullQueueDoesNotTouchItsNeighbours() {
		this.client.store.answerNext(RecordingStore::stored);
		this.client.store.answerNext((group) -> new InsertAnswer.Full(1, 1));

		assertThatExceptionOfType(QueueFullException.class)
			.isThrownBy(
					() -> this.client.jobs.enqueueAll(List.of(request("a"), request("b"), request("c"), request("b"))))
			.satisfies((ex) -> assertThat(ex.refused()).isEqualTo(ids(this.client.store.groups().get(1))))
			.satisfies((ex) -> assertThat(ex.stored()).extracting((receipt) -> receipt.queue().value())
				.containsExactly("a", "c"));
		assertThat(this.client.events).filteredOn(JobEvent.Enqueued.class::isInstance)
			.extracting((event) -> event.spec().queue().value())
			.containsExactly("a", "c");
		assertThat(this.client.events).filteredOn(JobEvent.Refused.class::isInstance)
			.extracting((event) -> event.spec().queue().value())
			.containsExactly("b", "b");
	}

	@Test
	void chunksOfOneFullQueueAreOneRefusal() {
		this.client.store.answerNext(RecordingStore::stored);
		this.client.store.answerNext((group) -> new InsertAnswer.Full(1000, 1000));
		this.client.store.answerNext((group) -> new InsertAnswer.Full(1000, 997));

		assertThatExceptionOfType(QueueFullException.class)
			.isThrownBy(
					() -> this.client.jobs.enqueueAll(IntStream.range(0, 2500).mapToObj((i) -> request("a")).toList()))
			.satisfies((ex) -> assertThat(ex.stored()).hasSize(1000))
			.satisfies((ex) -> assertThat(ex.refused()).hasSize(1500).isSorted());
	}

	@Test
	void aRefusalOfAnEarlyCallDoesNotKeepLaterOnesFromBeingMade() {
		this.client.store.answerNext((group) -> new InsertAnswer.Paused());

		assertThatExceptionOfType(QueuePausedException.class)
			.isThrownBy(() -> this.client.jobs
				.enqueueAll(IntStream.range(0, 40).mapToObj((i) -> request("queue-" + i)).toList()))
			.withMessageContaining("queue-0")
			.satisfies((ex) -> assertThat(ex.refused()).hasSize(1))
			.satisfies((ex) -> assertThat(ex.stored()).hasSize(39));
	}

	@Test
	void severalRefusalsAreOneExceptionThatHoldsThemAll() {
		JobRequest once = request("c").with(
				(options) -> options.unique(new UniqueKey("k", UniqueKey.Scope.UNTIL_DONE, UniqueKey.Conflict.THROW)));
		this.client.store.answerNext((group) -> new InsertAnswer.Full(1, 1));
		this.client.store.answerNext((group) -> new InsertAnswer.Paused());
		this.client.store.answerNext(EnqueueAllTests::secondIsTaken);

		assertThatExceptionOfType(JobRejectedException.class)
			.isThrownBy(() -> this.client.jobs
				.enqueueAll(List.of(request("a"), request("b"), once, once, request("a"), request("d"))))
			.withMessageContaining("4 of 6 jobs were not stored, for 3 reasons")
			.satisfies((ex) -> assertThat(ex.refused()).hasSize(4).isSorted())
			.satisfies((ex) -> assertThat(ex.stored()).extracting((receipt) -> receipt.queue().value())
				.containsExactly("c", "d"))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).hasExactlyElementsOfTypes(QueueFullException.class,
					QueuePausedException.class, DuplicateJobException.class));
	}

	@Test
	void aDuplicateIsNotRefusedAndToldOfWithItsHolder() {
		this.client.store.answerNext(EnqueueAllTests::secondIsTaken);

		List<JobReceipt> receipts = this.client.jobs.enqueueAll(List.of(request("a"), request("a")));

		assertThat(receipts).extracting(JobReceipt::status)
			.containsExactly(JobReceipt.Status.STORED, JobReceipt.Status.DUPLICATE);
		assertThat(receipts.get(1).id()).isEqualTo(HOLDER);
		assertThat(this.client.events).hasExactlyElementsOfTypes(JobEvent.Enqueued.class, JobEvent.Deduplicated.class);
		assertThat(((JobEvent.Deduplicated) this.client.events.get(1)).holder()).isEqualTo(HOLDER);
	}

	@Test
	void anOutageOfTheStoreComesOutAsItIs() {
		this.client.store.answerNext((group) -> {
			throw new StoreException("gone");
		});

		assertThatExceptionOfType(StoreException.class)
			.isThrownBy(() -> this.client.jobs.enqueueAll(List.of(request("a"), request("b"))))
			.withMessage("gone");
	}

	@Test
	void aViewGivesItsOptionsToAllRequests() {
		this.client.jobs.with(JobOptions.NONE.queue("mail"))
			.enqueueAll(List.of(JobRequest.of("t", null), JobRequest.of("t", null)));

		assertThat(this.client.store.groups()).singleElement()
			.satisfies((group) -> assertThat(group.queue()).isEqualTo(new QueueName("mail")));
	}

	private static InsertAnswer secondIsTaken(InsertGroup group) {
		return new InsertAnswer.Accepted(
				List.of(new InsertAnswer.Entry(group.jobs().get(0).id(), true), new InsertAnswer.Entry(HOLDER, false)));
	}

	private static JobRequest request(String queue) {
		return JobRequest.of("t", null).with((options) -> options.queue(queue));
	}

	private static List<JobId> ids(InsertGroup group) {
		return group.jobs().stream().map(NewJob::id).toList();
	}

}
