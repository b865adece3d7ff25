package dev.q.client;

import java.time.Duration;
import java.util.List;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobTemplate;
import dev.q.NotReplicatedException;
import dev.q.QueueFullException;
import dev.q.event.JobEvent;
import dev.q.job.Durability;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.StoreCapability;
import dev.q.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of those who share a call of the store when something goes wrong.
 */
class GroupCommitTroubleTests {

	private final Client client = Client.able(StoreCapability.GROUP_COMMIT, StoreCapability.REPLICATED_DURABILITY);

	private final HeldWrite underWay = new HeldWrite();

	@AfterEach
	void end() {
		this.underWay.end();
	}

	@Test
	void aRefusalDoesNotTouchANeighbour() throws Exception {
		Caller before = write("a");
		List<Caller> callers = List.of(waiting("b"), waiting("c"), waiting("d"));
		this.client.store.answerNext(RecordingStore::stored);
		this.client.store.answerNext((group) -> new InsertAnswer.Full(5, 5));

		this.underWay.end();

		assertThat(before.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(callers.get(0).receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(callers.get(1).failure()).isInstanceOfSatisfying(QueueFullException.class, (ex) -> {
			assertThat(ex.refused()).containsExactly(this.client.store.groups().get(2).jobs().get(0).id());
			assertThat(ex.stored()).isEmpty();
		});
		assertThat(callers.get(2).receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(this.client.events).filteredOn(JobEvent.Enqueued.class::isInstance)
			.extracting((event) -> event.spec().type().value())
			.containsExactlyInAnyOrder("a", "b", "d");
		assertThat(this.client.events).filteredOn(JobEvent.Refused.class::isInstance)
			.extracting((event) -> event.spec().type().value())
			.containsExactly("c");
	}

	@Test
	void tooFewCopiesAreReportedToTheirCallerAlone() throws Exception {
		JobTemplate copied = this.client.jobs
			.with(JobOptions.NONE.durability(new Durability.Replicated(1, Duration.ofSeconds(1))));
		this.client.store.answerNext(this.underWay);
		Caller.start(() -> copied.enqueue("a", null));
		this.underWay.awaitBegun();
		Caller first = Caller.start(() -> copied.enqueue("b", null)).awaitWaiting();
		Caller second = Caller.start(() -> copied.enqueue("c", null)).awaitWaiting();
		this.client.store.answerNext(RecordingStore::stored);
		this.client.store.answerNext((group) -> new InsertAnswer.NotReplicated(
				List.of(new InsertAnswer.Entry(group.jobs().get(0).id(), true)), 1, 0));

		this.underWay.end();

		assertThat(first.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(second.failure()).isInstanceOfSatisfying(NotReplicatedException.class,
				(ex) -> assertThat(ex.receipts()).hasSize(1));
	}

	@Test
	void aFailureOfTheStoreIsToldToEachCallerInItsOwnException() throws Exception {
		Caller before = write("a");
		List<Caller> callers = List.of(waiting("b"), waiting("c"), waiting("d"));
		StoreException gone = new StoreException("gone");
		this.client.store.answerNext((group) -> {
			throw gone;
		});

		this.underWay.end();

		assertThat(before.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(callers.get(0).failure()).isSameAs(gone);
		Throwable second = callers.get(1).failure();
		Throwable third = callers.get(2).failure();
		assertThat(List.of(second, third)).doesNotContain(gone)
			.allSatisfy((ex) -> assertThat(ex).isExactlyInstanceOf(StoreException.class)
				.hasCause(gone)
				.hasMessageContaining("unknown: gone"));
		assertThat(second).isNotSameAs(third);
		assertThat(this.client.jobs.enqueue("e", null).status()).isEqualTo(JobReceipt.Status.STORED);
	}

	@Test
	void aStoreThatDoesNotAnswerForEveryJobFailsAll() throws Exception {
		write("a");
		List<Caller> callers = List.of(waiting("b"), waiting("c"));
		this.client.store.answerTooLittle();

		this.underWay.end();

		assertThat(callers.get(0).failure()).isInstanceOf(StoreException.class).hasMessageContaining("2 groups");
		assertThat(callers.get(1).failure()).isInstanceOf(StoreException.class).hasMessageContaining("2 groups");
	}

	@Test
	void anErrorOfTheCallerWhoWritesLeavesNobodyWaiting() throws Exception {
		write("a");
		List<Caller> callers = List.of(waiting("b"), waiting("c"));
		Error drill = new NoClassDefFoundError("drill");
		this.client.store.answerNext((group) -> {
			throw drill;
		});

		this.underWay.end();

		assertThat(callers.get(0).failure()).isSameAs(drill);
		assertThat(callers.get(1).failure()).isInstanceOf(StoreException.class).hasCause(drill);
		assertThat(this.client.jobs.enqueue("d", null).status()).isEqualTo(JobReceipt.Status.STORED);
	}

	@Test
	void anErrorDoesNotKeepThoseWhoCameLaterFromWriting() throws Exception {
		write("a");
		Caller broken = waiting("b");
		HeldWrite next = new HeldWrite();
		this.client.store.answerNext((group) -> {
			next.apply(group);
			throw new NoClassDefFoundError("drill");
		});
		this.underWay.end();
		next.awaitBegun();
		Caller later = waiting("c");

		next.end();

		assertThat(broken.failure()).isInstanceOf(NoClassDefFoundError.class);
		assertThat(later.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
	}

	@Test
	void aJobThatTheStoreCannotHoldFailsAlone() throws Exception {
		write("a");
		List<Caller> callers = List.of(waiting("b"), waiting("bad"), waiting("c"));
		this.client.store.answerAlways(GroupCommitTroubleTests::storedUnlessBad);

		this.underWay.end();

		assertThat(callers.get(0).receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(callers.get(1).failure()).isInstanceOf(IllegalArgumentException.class).hasMessage("too bad");
		assertThat(callers.get(2).receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(this.client.store.inserts()).extracting(List::size).containsExactly(1, 3, 1, 1, 1);
	}

	@Test
	void whoIsInterruptedWhileWaitingWaitsOnAndKeepsTheFlag() throws Exception {
		write("a");
		Caller first = waiting("b");
		Caller interrupted = waiting("c").interrupt();
		HeldWrite next = new HeldWrite();
		this.client.store.answerNext(next);

		this.underWay.end();
		next.awaitBegun();
		next.end();

		assertThat(first.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(interrupted.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(interrupted.keptInterrupt()).isTrue();
		assertThat(first.keptInterrupt()).isFalse();
		assertThat(this.client.store.inserts()).extracting(List::size).containsExactly(1, 2);
	}

	@Test
	void whoIsInterruptedWritesForNobodyElse() throws Exception {
		write("a");
		Caller interrupted = waiting("b").interrupt();
		List<Caller> others = List.of(waiting("c"), waiting("d"));

		this.underWay.end();

		assertThat(interrupted.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(interrupted.keptInterrupt()).isTrue();
		assertThat(others.get(0).receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(others.get(1).receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(this.client.store.inserts()).extracting(List::size).containsExactlyInAnyOrder(1, 1, 2);
	}

	@Test
	void whoComesInterruptedDoesNotWait() throws Exception {
		write("a");

		Caller caller = Caller.start(() -> {
			Thread.currentThread().interrupt();
			return this.client.jobs.enqueue("b", null);
		});

		assertThat(caller.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(caller.keptInterrupt()).isTrue();
	}

	@Test
	void anInterruptOfWhoWritesStrikesNobodyElse() throws Exception {
		write("a");
		Caller writer = waiting("b");
		Caller other = waiting("c");
		HeldWrite next = new HeldWrite();
		this.client.store.answerNext(next);
		this.underWay.end();
		next.awaitBegun();

		writer.interrupt();

		assertThat(writer.failure()).isInstanceOf(StoreException.class).hasMessage("The write was interrupted");
		assertThat(writer.keptInterrupt()).isTrue();
		assertThat(other.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(this.client.store.inserts()).extracting(List::size).containsExactly(1, 2, 1);
	}

	/** Begins a write that is under way from then on. */
	private Caller write(String type) throws InterruptedException {
		this.client.store.answerNext(this.underWay);
		Caller caller = Caller.start(() -> this.client.jobs.enqueue(type, null));
		this.underWay.awaitBegun();
		return caller;
	}

	private Caller waiting(String type) {
		return Caller.start(() -> this.client.jobs.enqueue(type, null)).awaitWaiting();
	}

	private static InsertAnswer storedUnlessBad(InsertGroup group) {
		if (group.jobs().get(0).spec().type().value().equals("bad")) {
			throw new IllegalArgumentException("too bad");
		}
		return RecordingStore.stored(group);
	}

}
