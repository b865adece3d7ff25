package dev.q.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.job.Durability;
import dev.q.store.StoreCapability;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store that bears several writes at once.
 */
class GroupCommitSideBySideTests {

	private static final int WRITES = JobTemplates.WRITES_SIDE_BY_SIDE;

	private final Client client = Client.able(StoreCapability.GROUP_COMMIT, StoreCapability.CONCURRENT_INSERTS,
			StoreCapability.RELAXED_DURABILITY);

	private final List<HeldWrite> underWay = new ArrayList<>();

	@AfterEach
	void end() {
		this.underWay.forEach(HeldWrite::end);
	}

	@Test
	void callersWriteSideBySideUntilAsManyWriteAsMay() throws Exception {
		List<Caller> writers = writers(WRITES);

		Caller next = waiting("next");

		assertThat(this.client.store.types())
			.containsExactlyElementsOf(IntStream.range(0, WRITES).mapToObj((i) -> "w" + i).toList());
		endAll();
		for (Caller writer : writers) {
			writer.receipt();
		}
		next.receipt();
	}

	@Test
	void whatArrivesMeanwhileGoesTogetherWithTheEndOfAnyWrite() throws Exception {
		List<Caller> writers = writers(WRITES);
		List<Caller> waiting = List.of(waiting("a"), waiting("b"), waiting("c"));

		this.underWay.get(3).end();

		for (Caller caller : waiting) {
			assertThat(caller.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		}
		writers.get(3).receipt();
		assertThat(this.client.store.types()).hasSize(WRITES + 1).endsWith("a b c");
	}

	@Test
	void whoComesWhenAWriteHasEndedWritesAtOnce() throws Exception {
		List<Caller> writers = writers(WRITES);

		this.underWay.get(0).end();
		writers.get(0).receipt();

		assertThat(this.client.jobs.enqueue("a", null).status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(this.client.store.types()).endsWith("a");
	}

	@Test
	void twoWritesThatEndAreFollowedByTwo() throws Exception {
		List<Caller> writers = writers(WRITES);
		Caller first = waiting("a");
		HeldWrite next = held();
		this.underWay.get(0).end();
		next.awaitBegun();
		Caller second = waiting("b");

		this.underWay.get(1).end();

		second.receipt();
		writers.get(0).receipt();
		writers.get(1).receipt();
		next.end();
		first.receipt();
		assertThat(this.client.store.types()).hasSize(WRITES + 2).endsWith("a", "b");
	}

	@Test
	void aWriteThatFailsTouchesNoneThatIsUnderWayBesideIt() throws Exception {
		List<Caller> writers = writers(WRITES - 1);
		this.client.store.answerNext((group) -> {
			throw new NoClassDefFoundError("drill");
		});

		assertThat(Caller.start(() -> this.client.jobs.enqueue("a", null)).failure())
			.isInstanceOf(NoClassDefFoundError.class);

		assertThat(this.client.jobs.enqueue("b", null).status()).isEqualTo(JobReceipt.Status.STORED);
		endAll();
		for (Caller writer : writers) {
			assertThat(writer.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		}
	}

	@Test
	void whoWasInterruptedWhileWaitingPassesTheWriteOn() throws Exception {
		List<Caller> writers = writers(WRITES);
		Caller interrupted = waiting("a").interrupt();
		Caller other = waiting("b");

		this.underWay.get(0).end();

		assertThat(interrupted.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(interrupted.keptInterrupt()).isTrue();
		assertThat(other.receipt().status()).isEqualTo(JobReceipt.Status.STORED);
		writers.get(0).receipt();
		assertThat(this.client.store.inserts()).hasSize(WRITES + 2).extracting(List::size).containsOnly(1);
	}

	@Test
	void eachDurabilityHasAsManyWritesOfItsOwn() throws Exception {
		writers(WRITES);

		List<Caller> relaxed = new ArrayList<>();
		for (int i = 0; i < WRITES; i++) {
			HeldWrite held = held();
			relaxed.add(Caller.start(() -> this.client.jobs.with(JobOptions.NONE.durability(Durability.RELAXED))
				.enqueue("relaxed", null)));
			held.awaitBegun();
		}

		endAll();
		for (Caller caller : relaxed) {
			caller.receipt();
		}
		assertThat(this.client.store.inserts()).hasSize(2 * WRITES);
	}

	/** Begins writes that are under way from then on. */
	private List<Caller> writers(int count) throws InterruptedException {
		List<Caller> callers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			HeldWrite held = held();
			String type = "w" + i;
			callers.add(Caller.start(() -> this.client.jobs.enqueue(type, null)));
			held.awaitBegun();
		}
		return callers;
	}

	private HeldWrite held() {
		HeldWrite held = new HeldWrite();
		this.underWay.add(held);
		this.client.store.answerNext(held);
		return held;
	}

	private Caller waiting(String type) {
		return Caller.start(() -> this.client.jobs.enqueue(type, null)).awaitWaiting();
	}

	private void endAll() {
		this.underWay.forEach(HeldWrite::end);
	}

}
