package dev.q.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many threads at once.
 */
class GroupCommitRaceTests {

	private static final int THREADS = 16;

	private static final int JOBS = 500;

	private Client client = Client.able();

	private final List<JobId> stored = Collections.synchronizedList(new ArrayList<>());

	private final List<JobId> refused = Collections.synchronizedList(new ArrayList<>());

	@ParameterizedTest
	@EnumSource
	void everyJobIsWrittenOnceAndInTheOrderOfItsThread(Writes writes) throws Exception {
		this.client = writes.client();
		this.client.store.answerAlways(GroupCommitRaceTests::storedInAMoment);

		race(writes, (thread, i) -> JobOptions.NONE.queue("q" + thread)
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

	@ParameterizedTest
	@EnumSource
	void jobsThatAFullQueueRefusesTouchNoOthers(Writes writes) throws Exception {
		this.client = writes.client();
		AtomicInteger room = new AtomicInteger(100);
		this.client.store.answerAlways((group) -> {
			boolean isFull = group.maxLength() > 0 && room.getAndDecrement() <= 0;
			return isFull ? new InsertAnswer.Full(100, 100) : storedInAMoment(group);
		});

		race(writes, (thread, i) -> (i % 2 == 0) ? JobOptions.NONE : JobOptions.NONE.queue("small").maxLength(100));

		assertThat(this.stored).hasSize(THREADS * JOBS / 2 + 100).doesNotHaveDuplicates();
		assertThat(this.refused).hasSize(THREADS * JOBS / 2 - 100).doesNotContainAnyElementsOf(this.stored);
		assertThat(this.client.events).filteredOn(JobEvent.Enqueued.class::isInstance)
			.extracting(JobEvent::id)
			.containsExactlyInAnyOrderElementsOf(this.stored);
		assertThat(this.client.events).filteredOn(JobEvent.Refused.class::isInstance)
			.extracting(JobEvent::id)
			.containsExactlyInAnyOrderElementsOf(this.refused);
	}

	/** The first writes end when all other threads wait for them. */
	private void race(Writes writes, Step step) throws Exception {
		List<HeldWrite> first = Stream.generate(HeldWrite::new).limit(writes.most).toList();
		List<Caller> callers = new ArrayList<>();
		for (HeldWrite held : first) {
			this.client.store.answerNext(held);
			callers.add(caller(callers.size(), step));
			held.awaitBegun();
		}
		IntStream.range(writes.most, THREADS).forEach((thread) -> callers.add(caller(thread, step).awaitWaiting()));
		first.forEach(HeldWrite::end);
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

	/**
	 * How many writes may be under way at once.
	 */
	private enum Writes {

		ONE_BY_ONE(1), SIDE_BY_SIDE(JobTemplates.WRITES_SIDE_BY_SIDE);

		private final int most;

		Writes(int most) {
			this.most = most;
		}

		Client client() {
			return (this != SIDE_BY_SIDE)
					? Client.able(StoreCapability.GROUP_COMMIT, StoreCapability.RELAXED_DURABILITY)
					: Client.able(StoreCapability.GROUP_COMMIT, StoreCapability.CONCURRENT_INSERTS,
							StoreCapability.RELAXED_DURABILITY);
		}

	}

}
