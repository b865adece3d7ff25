package dev.q.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.QueueFullException;
import dev.q.event.JobEvent;
import dev.q.job.Durability;
import dev.q.job.JobId;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.StoreCapability;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads at once.
 */
class GroupCommitRaceTests {

	private static final int THREADS = 16;

	private static final int JOBS = 500;

	private final Client client = Client.able(StoreCapability.GROUP_COMMIT, StoreCapability.RELAXED_DURABILITY);

	private final HeldWrite first = new HeldWrite();

	private final List<JobId> stored = Collections.synchronizedList(new ArrayList<>());

	private final List<JobId> refused = Collections.synchronizedList(new ArrayList<>());

	@BeforeEach
	void holdTheFirstWriteAndTakeTimeForTheOthers() {
		this.client.store.answerNext(this.first);
		this.client.store.answerAlways(GroupCommitRaceTests::storedInAMoment);
	}

	@Test
	void everyJobIsWrittenOnceAndInTheOrderOfItsThread() throws Exception {
		race((thread, i) -> JobOptions.NONE.queue("q" + thread)
			.durability((i % 3 == 2) ? Durability.RELAXED : Durability.STANDARD));

		assertThat(this.stored).hasSize(THREADS * JOBS).doesNotHaveDuplicates();
		assertThat(ids(this.client.store.groups())).containsExactlyInAnyOrderElementsOf(this.stored);
		assertThat(this.client.events).extracting(JobEvent::id).containsExactlyInAnyOrderElementsOf(this.stored);
		assertThat(this.client.store.inserts()).hasSizeLessThan(THREADS * JOBS)
			.allSatisfy((groups) -> assertThat(groups.stream().map((group) -> group.jobs().get(0).spec().durability()))
				.containsOnly(groups.get(0).jobs().get(0).spec().durability()));
		for (int i = 0; i < THREADS; i++) {
			String queue = "q" + i;
			assertThat(ids(this.client.store.groups()
				.stream()
				.filter((group) -> group.queue().value().equals(queue))
				.toList())).hasSize(JOBS).isSorted();
		}
	}

	@Test
	void jobsThatAFullQueueRefusesTouchNoOthers() throws Exception {
		AtomicInteger room = new AtomicInteger(100);
		this.client.store.answerAlways((group) -> {
			boolean isFull = group.maxLength() > 0 && room.getAndDecrement() <= 0;
			return isFull ? new InsertAnswer.Full(100, 100) : storedInAMoment(group);
		});

		race((thread, i) -> (i % 2 == 0) ? JobOptions.NONE : JobOptions.NONE.queue("small").maxLength(100));

		assertThat(this.stored).hasSize(THREADS * JOBS / 2 + 100).doesNotHaveDuplicates();
		assertThat(this.refused).hasSize(THREADS * JOBS / 2 - 100).doesNotContainAnyElementsOf(this.stored);
		assertThat(this.client.events).extracting(JobEvent::id).containsExactlyInAnyOrderElementsOf(this.stored);
	}

	/** The first write ends when all other threads wait for it. */
	private void race(Step step) throws Exception {
		List<Caller> callers = new ArrayList<>(List.of(caller(0, step)));
		this.first.awaitBegun();
		IntStream.range(1, THREADS).forEach((thread) -> callers.add(caller(thread, step).awaitWaiting()));
		this.first.end();
		for (Caller caller : callers) {
			caller.awaitEnd();
		}
	}

	private Caller caller(int thread, Step step) {
		return Caller.start(() -> {
			JobReceipt last = null;
			for (int i = 0; i < JOBS; i++) {
				last = enqueue(step.options(thread, i));
			}
			return last;
		});
	}

	/** Brings nothing if the job was refused. */
	private @Nullable JobReceipt enqueue(JobOptions options) {
		try {
			JobReceipt receipt = this.client.jobs.with(options).enqueue("t", null);
			this.stored.add(receipt.id());
			return receipt;
		}
		catch (QueueFullException ex) {
			this.refused.addAll(ex.refused());
			return null;
		}
	}

	/** Gives others the time to come meanwhile. */
	private static InsertAnswer storedInAMoment(InsertGroup group) {
		for (int i = 0; i < 200; i++) {
			Thread.onSpinWait();
		}
		return RecordingStore.stored(group);
	}

	private static List<JobId> ids(List<InsertGroup> groups) {
		return groups.stream().map((group) -> group.jobs().get(0).id()).toList();
	}

	/**
	 * How a thread enqueues its next job.
	 */
	@FunctionalInterface
	private interface Step {

		JobOptions options(int thread, int i);

	}

}
