package dev.q.inprocess;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.QueueClosedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(60)
class RunnableQueueTests {

	private static final Duration AMPLE = Duration.ofSeconds(20);

	private final Gate gate = new Gate();

	private RunnableQueue queue = RunnableQueue.sequential().build();

	@AfterEach
	void stop() {
		this.gate.open();
		this.queue.stop(AMPLE, StopMode.DROP);
	}

	@Test
	void aSequentialQueueRunsOneTaskAtATimeInOrderOfArrival() {
		List<Integer> order = Collections.synchronizedList(new ArrayList<>());
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		start(RunnableQueue.sequential().capacity(1000));

		for (int i = 0; i < 1000; i++) {
			int number = i;
			this.queue.submit(() -> {
				most.accumulateAndGet(running.incrementAndGet(), Math::max);
				order.add(number);
				running.decrementAndGet();
			});
		}
		StopReport report = this.queue.stop(AMPLE, StopMode.FINISH_ALL);

		assertThat(report.isClean()).isTrue();
		assertThat(order).hasSize(1000).isSorted();
		assertThat(most).hasValue(1);
	}

	@Test
	void aConcurrentQueueRunsAsManyAtOnceAsItMayAndNoMore() {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CyclicBarrier three = new CyclicBarrier(3);
		start(RunnableQueue.concurrent(3));

		for (int i = 0; i < 30; i++) {
			this.queue.submit(() -> {
				most.accumulateAndGet(running.incrementAndGet(), Math::max);
				three.await();
				return running.decrementAndGet();
			});
		}
		StopReport report = this.queue.stop(AMPLE, StopMode.FINISH_ALL);

		assertThat(report.isClean()).isTrue();
		assertThat(most).hasValue(3);
	}

	@Test
	void anUnlimitedQueueStartsEveryTaskAtOnce() throws InterruptedException {
		Gate all = new Gate(RunnableQueue.DEFAULT_CAPACITY + 50);
		start(RunnableQueue.unlimited());

		for (int i = 0; i < RunnableQueue.DEFAULT_CAPACITY + 50; i++) {
			this.queue.submit(all::pass);
		}
		all.awaitReached();
		all.open();

		assertThat(this.queue.stop(AMPLE, StopMode.FINISH_ALL).isClean()).isTrue();
	}

	@Test
	void idsCountFromOne() {
		start(RunnableQueue.sequential());

		assertThat(this.queue.submit(() -> "a")).hasToString("1");
		assertThat(this.queue.submit(() -> "b").number()).isEqualTo(2);
	}

	@Test
	void aTaskThatFindsTheQueueFullIsRefusedAndLeavesNoTrace() throws InterruptedException {
		start(RunnableQueue.sequential().name("mail").capacity(1).offerTimeout(Duration.ZERO).track());
		this.queue.submit(this.gate::pass);
		this.queue.submit(() -> "waits");

		assertThatExceptionOfType(QueueBusyException.class).isThrownBy(() -> this.queue.submit(() -> "refused"))
			.withMessageContaining("Queue mail is full: 2 tasks");
		assertThat(this.queue.result(new TaskId<>(3))).isInstanceOf(TaskResult.NotFound.class);

		this.gate.open();
		assertThat(this.queue.stop(AMPLE, StopMode.FINISH_ALL).isClean()).isTrue();
		assertThat(this.queue.result(new TaskId<>(3))).isInstanceOf(TaskResult.NotFound.class);
	}

	@Test
	void aTaskIsLetInWhenAnotherEndsInTime() throws InterruptedException {
		CountDownLatch inTime = new CountDownLatch(1);
		start(RunnableQueue.sequential().capacity(0).offerTimeout(AMPLE));
		this.queue.submit(this.gate::pass);
		Thread submitter = new Thread(() -> this.queue.submit(inTime::countDown));

		submitter.start();
		this.gate.awaitReached();
		while (submitter.getState() != Thread.State.TIMED_WAITING) {
			Thread.onSpinWait();
		}
		this.gate.open();

		assertThat(inTime.await(10, TimeUnit.SECONDS)).isTrue();
		submitter.join();
	}

	@Test
	void anInterruptedSubmitIsRefusedAndKeepsTheFlag() {
		start(RunnableQueue.sequential().capacity(0).offerTimeout(AMPLE).track());
		this.queue.submit(this.gate::pass);

		Thread.currentThread().interrupt();

		assertThatExceptionOfType(QueueBusyException.class).isThrownBy(() -> this.queue.submit(() -> "refused"))
			.withMessageContaining("interrupted")
			.withCauseInstanceOf(InterruptedException.class);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.queue.result(new TaskId<>(2))).isInstanceOf(TaskResult.NotFound.class);
	}

	@Test
	void aQueueThatIsNotStartedTakesNothing() {
		this.queue = RunnableQueue.sequential().name("mail").build();

		assertThat(this.queue.isRunning()).isFalse();
		assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> this.queue.submit(() -> "x"))
			.withMessageContaining("mail");
	}

	@Test
	void whateverATaskThrowsHarmsNoOther() {
		start(RunnableQueue.sequential().track());

		TaskId<String> failed = this.queue.submit(() -> {
			throw new StackOverflowError("drill");
		});
		TaskId<String> next = this.queue.submit(() -> "well");
		this.queue.stop(AMPLE, StopMode.FINISH_ALL);

		assertThat(this.queue.result(failed)).isInstanceOfSatisfying(TaskResult.Failed.class,
				(result) -> assertThat(result.error()).hasMessage("drill"));
		assertThat(this.queue.result(next)).isEqualTo(new TaskResult.Succeeded<>("well"));
	}

	@Test
	void anInterruptThatATaskLeavesBehindDoesNotReachTheNextOne() {
		start(RunnableQueue.sequential().track());

		this.queue.submit(() -> Thread.currentThread().interrupt());
		TaskId<Boolean> next = this.queue.submit(() -> Thread.currentThread().isInterrupted());
		this.queue.stop(AMPLE, StopMode.FINISH_ALL);

		assertThat(this.queue.result(next)).isEqualTo(new TaskResult.Succeeded<>(false));
	}

	@Test
	void anInterruptOfWhoeverSubmitsSurvivesATaskThatRunsOnTheThreadOfTheSubmit() {
		start(RunnableQueue.sequential().track().executor(Runnable::run));
		Thread.currentThread().interrupt();

		TaskId<Boolean> task = this.queue.submit(() -> Thread.currentThread().isInterrupted());

		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.queue.result(task)).isEqualTo(new TaskResult.Succeeded<>(false));
	}

	@Test
	void aTaskMaySubmitToItsOwnQueue() throws InterruptedException {
		CountDownLatch inner = new CountDownLatch(1);
		start(RunnableQueue.sequential());

		this.queue.submit(() -> this.queue.submit(inner::countDown));

		assertThat(inner.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void threadsOfOthersAreUsedAndLeftAlone() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(1, (task) -> new Thread(task, "somebody's"));
		start(RunnableQueue.concurrent(4).executor(threads).track());

		TaskId<String> id = this.queue.submit(() -> Thread.currentThread().getName());
		this.queue.stop(AMPLE, StopMode.FINISH_ALL);

		assertThat(this.queue.result(id)).isEqualTo(new TaskResult.Succeeded<>("somebody's"));
		assertThat(threads.submit(() -> "still works").get()).isEqualTo("still works");
		threads.shutdown();
	}

	@Test
	void aTaskForWhichThereIsNoThreadIsRefusedAndLeavesNoTrace() {
		ExecutorService threads = Executors.newFixedThreadPool(1);
		threads.shutdown();
		start(RunnableQueue.sequential().executor(threads).track());

		assertThatExceptionOfType(QueueBusyException.class).isThrownBy(() -> this.queue.submit(() -> "x"))
			.withMessageContaining("no thread");
		assertThat(this.queue.result(new TaskId<>(1))).isInstanceOf(TaskResult.NotFound.class);
		assertThat(this.queue.stop(AMPLE, StopMode.FINISH_ALL).isClean()).isTrue();
	}

	@Test
	void aTaskThatCountedOnAThreadWhichCouldNotBeHadHasFailed() {
		TaskResult<?>[] ofNeighbour = new TaskResult<?>[1];
		start(RunnableQueue.sequential().track().executor((worker) -> {
			TaskId<String> neighbour = this.queue.submit(() -> "let in meanwhile");
			ofNeighbour[0] = this.queue.result(neighbour);
			throw new OutOfMemoryError("drill: no thread");
		}));

		assertThatExceptionOfType(QueueBusyException.class).isThrownBy(() -> this.queue.submit(() -> "x"));

		assertThat(ofNeighbour[0]).isInstanceOf(TaskResult.Pending.class);
		assertThat(this.queue.result(new TaskId<>(2))).isInstanceOf(TaskResult.Failed.class);
	}

	@Test
	void whatContradictsItselfIsRefusedWhenItIsBuilt() {
		assertThatIllegalArgumentException().isThrownBy(() -> RunnableQueue.sequential().readOnce().build())
			.withMessageContaining("Add track");
		assertThatIllegalArgumentException().isThrownBy(() -> RunnableQueue.unlimited().capacity(5).build())
			.withMessageContaining("concurrent(n)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RunnableQueue.unlimited().offerTimeout(Duration.ZERO).build())
			.withMessageContaining("unlimited");
		assertThatIllegalArgumentException().isThrownBy(() -> RunnableQueue.concurrent(0)).withMessageContaining("0");
		assertThatIllegalArgumentException().isThrownBy(() -> RunnableQueue.sequential().track(0))
			.withMessageContaining("0");
		assertThatIllegalArgumentException().isThrownBy(() -> RunnableQueue.sequential().capacity(-1))
			.withMessageContaining("-1");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RunnableQueue.sequential().offerTimeout(Duration.ofMillis(-1)))
			.withMessageContaining("PT-0.001S");
		assertThatIllegalArgumentException().isThrownBy(() -> RunnableQueue.sequential().name("a b"))
			.withMessageContaining("a b");
	}

	private void start(RunnableQueueBuilder builder) {
		this.queue = builder.build();
		this.queue.start();
	}

}
