package dev.q.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.TransactionMode;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerRegistry;
import dev.q.job.Durability;
import dev.q.job.JobId;
import dev.q.job.NewJob;
import dev.q.store.InsertGroup;
import dev.q.store.StoreCapability;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which jobs share a call of the store.
 */
class GroupCommitTests {

	private static final Durability ONE_COPY = new Durability.Replicated(1, Duration.ofSeconds(1));

	private static final Durability TWO_COPIES = new Durability.Replicated(2, Duration.ofSeconds(1));

	private final Client client = Client.able(StoreCapability.GROUP_COMMIT, StoreCapability.RELAXED_DURABILITY,
			StoreCapability.REPLICATED_DURABILITY);

	private final HeldWrite underWay = new HeldWrite();

	@AfterEach
	void end() {
		this.underWay.end();
	}

	@Test
	void aJobThatNobodyIsInTheWayOfIsStoredAtOnce() {
		this.client.jobs.enqueue("a", null);
		this.client.jobs.enqueue("b", null);

		assertThat(this.client.store.types()).containsExactly("a", "b");
	}

	@Test
	void whatArrivesDuringAWriteGoesInTheNextOneInOrder() throws Exception {
		List<Caller> callers = List.of(write("a"), waiting("b"), waiting("c"), waiting("d"));

		this.underWay.end();

		List<JobReceipt> receipts = new ArrayList<>();
		for (Caller caller : callers) {
			receipts.add(caller.receipt());
		}
		assertThat(this.client.store.types()).containsExactly("a", "b c d");
		assertThat(receipts).extracting(JobReceipt::status).containsOnly(JobReceipt.Status.STORED);
		assertThat(receipts).extracting(JobReceipt::id).containsExactlyElementsOf(storedIds());
		assertThat(this.client.events).hasSize(4);
	}

	@Test
	void eachJobIsAGroupOfItsOwnWithItsOwnLimit() throws Exception {
		write("a");
		Caller first = waiting("b");
		Caller second = Caller.start(() -> this.client.jobs.with(JobOptions.NONE.maxLength(7)).enqueue("c", null))
			.awaitWaiting();

		this.underWay.end();

		first.receipt();
		second.receipt();
		assertThat(this.client.store.inserts().get(1)).extracting(InsertGroup::maxLength).containsExactly(0, 7);
		assertThat(this.client.store.groups()).allSatisfy((group) -> assertThat(group.jobs()).hasSize(1));
	}

	@Test
	void whoHasWrittenDoesNotWaitForTheNextWrite() throws Exception {
		Caller first = write("a");
		Caller second = waiting("b");
		HeldWrite next = new HeldWrite();
		this.client.store.answerNext(next);

		this.underWay.end();
		next.awaitBegun();

		assertThat(first.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		Caller third = waiting("c");
		next.end();
		second.receipt();
		third.receipt();
		assertThat(this.client.store.types()).containsExactly("a", "b", "c");
	}

	@Test
	void aWriteIsBounded() throws Exception {
		write("a");
		List<Caller> callers = IntStream.range(0, GroupCommit.MAX_GROUPS + 2)
			.mapToObj((i) -> Caller.start(() -> this.client.jobs.enqueue("b", null)))
			.toList();
		callers.forEach(Caller::awaitWaiting);

		this.underWay.end();

		for (Caller caller : callers) {
			caller.receipt();
		}
		assertThat(this.client.store.inserts()).extracting(List::size).containsExactly(1, GroupCommit.MAX_GROUPS, 2);
	}

	@Test
	void jobsOfAnotherDurabilityNeitherWaitNorMix() throws Exception {
		Caller copied = write(ONE_COPY);
		Caller waiting = Caller.start(() -> enqueue(ONE_COPY)).awaitWaiting();

		assertThat(Caller.start(() -> enqueue(Durability.STANDARD)).receipt()).isNotNull();
		assertThat(Caller.start(() -> enqueue(Durability.RELAXED)).receipt()).isNotNull();
		assertThat(Caller.start(() -> enqueue(TWO_COPIES)).receipt()).isNotNull();

		this.underWay.end();
		copied.receipt();
		waiting.receipt();
		assertThat(this.client.store.inserts()).hasSize(5);
		assertThat(this.client.store.groups()).extracting((group) -> group.jobs().get(0).spec().durability())
			.containsExactly(ONE_COPY, Durability.STANDARD, Durability.RELAXED, TWO_COPIES, ONE_COPY);
	}

	@Test
	void aListOfJobsGoesStraightToTheStore() throws Exception {
		write("a");

		Caller list = Caller.start(() -> this.client.jobs.enqueueAll(List.of(JobRequest.of("b", null))).get(0));

		assertThat(list.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
	}

	@Test
	void aStoreThatGainsNothingIsAskedByEachCaller() throws Exception {
		Client plain = Client.able();
		plain.store.answerNext(this.underWay);
		Caller.start(() -> plain.jobs.enqueue("a", null));
		this.underWay.awaitBegun();

		Caller second = Caller.start(() -> plain.jobs.enqueue("b", null));

		assertThat(second.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
	}

	@Test
	void whoIsInATransactionNeitherWritesForOthersNorLeavesItToThem() throws Exception {
		List<DeferredJobs> deferred = new ArrayList<>();
		JobTemplate inTransaction = this.client.in(() -> Optional.of(deferred::add));
		write("a");

		Caller now = Caller
			.start(() -> inTransaction.with(JobOptions.NONE.transaction(TransactionMode.NONE)).enqueue("b", null));
		Caller later = Caller.start(() -> inTransaction.enqueue("c", null));

		assertThat(now.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(later.receipt().status()).isEqualTo(JobReceipt.Status.DEFERRED);
		assertThat(deferred).hasSize(1);
		assertThat(this.client.store.types()).containsExactly("a", "b");
	}

	@Test
	void thoseOutsideOfTransactionsShareThoughTheStoreJoinsThem() throws Exception {
		Client joining = Client.able(StoreCapability.GROUP_COMMIT, StoreCapability.TRANSACTIONAL_ENQUEUE);
		JobTemplate outside = joining.in(Optional::empty);
		joining.store.answerNext(this.underWay);
		Caller.start(() -> outside.enqueue("a", null));
		this.underWay.awaitBegun();

		Caller second = Caller.start(() -> outside.enqueue("b", null)).awaitWaiting();

		this.underWay.end();
		assertThat(second.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
	}

	@Test
	void aListenerMayEnqueueWhenItHearsOfAJob() throws Exception {
		RecordingStore store = new RecordingStore(StoreCapability.GROUP_COMMIT);
		List<JobTemplate> template = new ArrayList<>();
		JobEvents events = new JobEvents(List.of((event) -> {
			if (!event.spec().type().value().equals("echo")) {
				template.get(0).enqueue("echo", null);
			}
		}));
		JobTemplate jobs = new JobTemplates(store, HandlerRegistry.of(List.of()), JacksonPayloadCodec.standard(),
				ClientSettings.DEFAULT, Client.ids(), events)
			.template();
		template.add(jobs);
		store.answerNext(this.underWay);
		List<Caller> callers = new ArrayList<>(List.of(Caller.start(() -> jobs.enqueue("a", null))));
		this.underWay.awaitBegun();
		callers.add(Caller.start(() -> jobs.enqueue("b", null)).awaitWaiting());
		callers.add(Caller.start(() -> jobs.enqueue("c", null)).awaitWaiting());

		this.underWay.end();

		for (Caller caller : callers) {
			caller.receipt();
		}
		assertThat(store.groups()).extracting((group) -> group.jobs().get(0).spec().type().value())
			.containsExactlyInAnyOrder("a", "b", "c", "echo", "echo", "echo");
	}

	/** Begins a write that is under way from then on. */
	private Caller write(String type) throws InterruptedException {
		this.client.store.answerNext(this.underWay);
		Caller caller = Caller.start(() -> this.client.jobs.enqueue(type, null));
		this.underWay.awaitBegun();
		return caller;
	}

	private Caller write(Durability durability) throws InterruptedException {
		this.client.store.answerNext(this.underWay);
		Caller caller = Caller.start(() -> enqueue(durability));
		this.underWay.awaitBegun();
		return caller;
	}

	private Caller waiting(String type) {
		return Caller.start(() -> this.client.jobs.enqueue(type, null)).awaitWaiting();
	}

	private JobReceipt enqueue(Durability durability) {
		return this.client.jobs.with(JobOptions.NONE.durability(durability)).enqueue("t", null);
	}

	private List<JobId> storedIds() {
		return this.client.store.groups().stream().map((group) -> group.jobs().get(0)).map(NewJob::id).toList();
	}

}
