package dev.q.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.q.JobReceipt;
import dev.q.JobRejectedException;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.QueueFullException;
import dev.q.TransactionMode;
import dev.q.UnsupportedJobOptionException;
import dev.q.event.JobEvent;
import dev.q.store.InsertAnswer;
import dev.q.store.StoreCapability;
import dev.q.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class EnqueueAsyncTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Client client = Client.plain();

	private final HeldWrite held = new HeldWrite();

	@Test
	void theFutureBringsTheReceipt() throws Exception {
		JobRequest request = JobRequest.of("mail", "Ada").withId(Client.ids().next());

		JobReceipt receipt = get(this.client.jobs.enqueueAsync(request));

		assertThat(receipt.id()).isEqualTo(request.id());
		assertThat(receipt.status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(this.client.store.job().id()).isEqualTo(request.id());
		assertThat(this.client.events).hasAtLeastOneElementOfType(JobEvent.Enqueued.class);
	}

	@Test
	void badInputIsRefusedAtOnce() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.client.jobs.enqueueAsync(JobRequest.of("mail", new byte[300 * 1024])));
		assertThat(this.client.store.inserts()).isEmpty();
	}

	@Test
	void nobodyWaitsForTheStoreAndWhatComesMeanwhileSharesAWrite() throws Exception {
		this.client.store.answerNext(this.held);
		List<CompletableFuture<JobReceipt>> receipts = new ArrayList<>();
		receipts.add(enqueue("first"));
		this.held.awaitBegun();
		IntStream.range(0, 300).forEach((i) -> receipts.add(enqueue("later")));

		assertThat(receipts).noneMatch(CompletableFuture::isDone);
		this.held.end();

		for (CompletableFuture<JobReceipt> receipt : receipts) {
			assertThat(get(receipt).status()).isEqualTo(JobReceipt.Status.STORED);
		}
		assertThat(this.client.store.inserts()).extracting(List::size).containsExactly(1, 256, 44);
		assertThat(receipts.stream().map(CompletableFuture::join).map(JobReceipt::id).toList())
			.isEqualTo(this.client.store.groups().stream().map((group) -> group.jobs().get(0).id()).toList());
	}

	@Test
	void aRefusalOfTheStoreTouchesNoNeighbour() throws Exception {
		this.client.store.answerNext(this.held);
		CompletableFuture<JobReceipt> first = enqueue("first");
		this.held.awaitBegun();
		this.client.store.answerNext((group) -> new InsertAnswer.Full(5, 5));
		CompletableFuture<JobReceipt> refused = enqueue("refused");
		CompletableFuture<JobReceipt> stored = enqueue("stored");
		this.held.end();

		assertThat(get(first).status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(refused).failsWithin(PATIENCE)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(QueueFullException.class);
		assertThat(get(stored).status()).isEqualTo(JobReceipt.Status.STORED);
	}

	@Test
	void aFailureOfTheStoreComesWithEachFutureAndTheNextWriteGoesOn() throws Exception {
		this.client.store.answerNext(this.held);
		CompletableFuture<JobReceipt> first = enqueue("first");
		this.held.awaitBegun();
		this.client.store.answerNext((group) -> {
			throw new StoreException("drill");
		});
		CompletableFuture<JobReceipt> one = enqueue("one");
		CompletableFuture<JobReceipt> another = enqueue("another");
		this.held.end();
		get(first);

		for (CompletableFuture<JobReceipt> failed : List.of(one, another)) {
			assertThat(failed).failsWithin(PATIENCE)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(StoreException.class)
				.withMessageContaining("drill");
		}
		assertThat(get(enqueue("next")).status()).isEqualTo(JobReceipt.Status.STORED);
	}

	@Test
	void aJobThatTheStoreCanNeverHoldFailsAlone() throws Exception {
		this.client.store.answerNext(this.held);
		CompletableFuture<JobReceipt> first = enqueue("first");
		this.held.awaitBegun();
		this.client.store.answerAlways((group) -> {
			if (group.jobs().get(0).spec().type().value().equals("bad")) {
				throw new IllegalArgumentException("never");
			}
			return RecordingStore.stored(group);
		});
		CompletableFuture<JobReceipt> bad = enqueue("bad");
		CompletableFuture<JobReceipt> good = enqueue("good");
		this.held.end();

		assertThat(get(first).status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(bad).failsWithin(PATIENCE)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(IllegalArgumentException.class);
		assertThat(get(good).status()).isEqualTo(JobReceipt.Status.STORED);
	}

	@Test
	void moreThanMayBeOnTheirWayAreRefused() throws Exception {
		this.client.store.answerNext(this.held);
		CompletableFuture<JobReceipt> first = enqueue("first");
		this.held.awaitBegun();
		List<CompletableFuture<JobReceipt>> others = IntStream.range(1, AsyncInserts.MOST_JOBS)
			.mapToObj((i) -> enqueue("other"))
			.toList();

		CompletableFuture<JobReceipt> refused = enqueue("one-more");

		assertThat(refused).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(JobRejectedException.class)
			.withMessageContaining("10000 jobs");
		this.held.end();
		get(first);
		get(others.get(others.size() - 1));
		assertThat(get(enqueue("again")).status()).isEqualTo(JobReceipt.Status.STORED);
	}

	@Test
	void moreBytesThanMayBeOnTheirWayAreRefused() throws Exception {
		this.client.store.answerNext(this.held);
		CompletableFuture<JobReceipt> first = enqueue("first");
		this.held.awaitBegun();
		byte[] large = new byte[256 * 1024];
		List<CompletableFuture<JobReceipt>> receipts = IntStream.range(0, 257)
			.mapToObj((i) -> this.client.jobs.enqueueAsync(JobRequest.of("large", large)))
			.toList();

		assertThat(receipts.get(256)).isCompletedExceptionally();
		this.held.end();
		get(first);
		assertThat(get(receipts.get(255)).status()).isEqualTo(JobReceipt.Status.STORED);
	}

	@Test
	void whatIsOnItsWayIsStoredBeforeAllIsClosed() throws Exception {
		List<CompletableFuture<JobReceipt>> receipts = IntStream.range(0, 1000)
			.mapToObj((i) -> enqueue("one"))
			.toList();

		this.client.close();

		assertThat(receipts.stream().map((receipt) -> receipt.orTimeout(20, TimeUnit.SECONDS).join()).toList())
			.extracting(JobReceipt::status)
			.containsOnly(JobReceipt.Status.STORED);
		assertThat(enqueue("late")).failsWithin(PATIENCE)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(JobRejectedException.class)
			.withMessageContaining("stops");
		assertThat(this.client.jobs.enqueue("as-before", null).status()).isEqualTo(JobReceipt.Status.STORED);
	}

	@Test
	void whoeverHearsOfAReceiptHoldsUpNoWrite() throws Exception {
		CountDownLatch hears = new CountDownLatch(1);
		CountDownLatch goesOn = new CountDownLatch(1);
		this.client.store.answerNext(this.held);
		CompletableFuture<Void> busy = enqueue("first").thenAccept((receipt) -> {
			hears.countDown();
			awaitQuietly(goesOn);
		});
		this.held.end();
		assertThat(hears.await(20, TimeUnit.SECONDS)).isTrue();

		HeldWrite second = new HeldWrite();
		this.client.store.answerNext(second);
		CompletableFuture<JobReceipt> receipt = enqueue("second");
		second.awaitBegun();
		second.end();
		goesOn.countDown();

		busy.get(20, TimeUnit.SECONDS);
		assertThat(get(receipt).status()).isEqualTo(JobReceipt.Status.STORED);
	}

	@Test
	void inATransactionThatCannotBeJoinedTheJobIsDeferred() throws Exception {
		Client without = Client.able(StoreCapability.GROUP_COMMIT);
		List<DeferredJobs> deferred = new ArrayList<>();
		JobTemplate jobs = without.in(() -> Optional.of(deferred::add));

		CompletableFuture<JobReceipt> receipt = jobs.enqueueAsync(JobRequest.of("mail", "Ada"));

		assertThat(receipt).isCompleted();
		assertThat(receipt.join().status()).isEqualTo(JobReceipt.Status.DEFERRED);
		assertThat(without.store.inserts()).isEmpty();
		DeferredJobs.sum(deferred).committed();
		assertThat(without.store.job().id()).isEqualTo(receipt.join().id());
	}

	@Test
	void inATransactionThatTheJobWouldJoinItIsRefusedUnlessItStaysApart() throws Exception {
		List<DeferredJobs> deferred = new ArrayList<>();
		JobTemplate jobs = this.client.in(() -> Optional.of(deferred::add));
		JobRequest request = JobRequest.of("mail", "Ada");

		assertThatExceptionOfType(UnsupportedJobOptionException.class).isThrownBy(() -> jobs.enqueueAsync(request))
			.withMessageContaining("AFTER_COMMIT");
		assertThat(
				get(jobs.enqueueAsync(request.with((options) -> options.transaction(TransactionMode.NONE)))).status())
			.isEqualTo(JobReceipt.Status.STORED);
		assertThat(get(jobs.enqueueAsync(request.with((options) -> options.transaction(TransactionMode.AFTER_COMMIT))))
			.status()).isEqualTo(JobReceipt.Status.DEFERRED);
	}

	private CompletableFuture<JobReceipt> enqueue(String type) {
		return this.client.jobs.enqueueAsync(JobRequest.of(type, (Object) null));
	}

	private static JobReceipt get(CompletableFuture<JobReceipt> receipt) throws Exception {
		return receipt.get(20, TimeUnit.SECONDS);
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
