package dev.q.inprocess;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class TaskResultTests {

	private static final Duration AMPLE = Duration.ofSeconds(20);

	private final Gate gate = new Gate();

	private RunnableQueue queue = RunnableQueue.sequential().build();

	@AfterEach
	void stop() {
		this.gate.open();
		this.queue.stop(AMPLE, StopMode.DROP);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void aTaskIsPendingThenRunningThenDone(int atOnce) throws InterruptedException {
		CountDownLatch done = new CountDownLatch(1);
		start(RunnableQueue.concurrent(atOnce).track());
		Gate before = new Gate(atOnce);
		for (int i = 0; i < atOnce; i++) {
			this.queue.submit(before::pass);
		}
		before.awaitReached();

		TaskId<String> id = this.queue.submit(() -> {
			this.gate.pass();
			return "value";
		});
		TaskResult<String> pending = this.queue.result(id);
		before.open();
		this.gate.awaitReached();
		TaskResult<String> running = this.queue.result(id);
		this.gate.open();
		this.queue.submit(done::countDown);
		done.await();
		this.queue.stop(AMPLE, StopMode.FINISH_ALL);

		assertThat(pending).isInstanceOf(TaskResult.Pending.class);
		assertThat(running).isInstanceOf(TaskResult.Running.class);
		assertThat(this.queue.result(id)).isEqualTo(new TaskResult.Succeeded<>("value"));
		assertThat(this.queue.result(id)).isEqualTo(new TaskResult.Succeeded<>("value"));
	}

	@Test
	void aRunnableSucceedsWithNull() {
		start(RunnableQueue.sequential().track());

		TaskId<Void> id = this.queue.submit(() -> {
		});
		this.queue.stop(AMPLE, StopMode.FINISH_ALL);

		assertThat(this.queue.result(id)).isEqualTo(new TaskResult.Succeeded<Void>(null));
	}

	@Test
	void withoutTrackingNothingIsKnown() {
		start(RunnableQueue.sequential());

		TaskId<String> id = this.queue.submit(() -> "value");

		assertThat(this.queue.result(id)).isInstanceOf(TaskResult.TrackingDisabled.class);
		assertThat(this.queue.clear()).isZero();
	}

	@Test
	void aTaskThatNeverWasIsNotFound() {
		start(RunnableQueue.sequential().track());

		assertThat(this.queue.result(new TaskId<>(7))).isInstanceOf(TaskResult.NotFound.class);
	}

	@Test
	void onlyTheLastResultsAreKept() {
		start(RunnableQueue.sequential().track(2));

		TaskId<String> first = this.queue.submit(() -> "first");
		TaskId<String> second = this.queue.submit(() -> "second");
		TaskId<String> third = this.queue.submit(() -> "third");
		this.queue.stop(AMPLE, StopMode.FINISH_ALL);

		assertThat(this.queue.result(first)).isInstanceOf(TaskResult.NotFound.class);
		assertThat(this.queue.result(second)).isInstanceOf(TaskResult.Succeeded.class);
		assertThat(this.queue.result(third)).isInstanceOf(TaskResult.Succeeded.class);
	}

	@Test
	void aResultToBeReadOnceIsGoneWhetherTheTaskSucceededOrFailed() {
		start(RunnableQueue.sequential().track().readOnce());

		TaskId<String> succeeded = this.queue.submit(() -> "value");
		TaskId<String> failed = this.queue.submit(() -> {
			throw new IllegalStateException("drill");
		});
		this.queue.stop(AMPLE, StopMode.FINISH_ALL);

		assertThat(this.queue.result(succeeded)).isInstanceOf(TaskResult.Succeeded.class);
		assertThat(this.queue.result(succeeded)).isInstanceOf(TaskResult.NotFound.class);
		assertThat(this.queue.result(failed)).isInstanceOf(TaskResult.Failed.class);
		assertThat(this.queue.result(failed)).isInstanceOf(TaskResult.NotFound.class);
	}

	@Test
	void clearForgetsWhatHasEndedAndNothingElse() throws InterruptedException {
		start(RunnableQueue.sequential().track().readOnce());
		TaskId<String> ended = this.queue.submit(() -> "value");
		TaskId<Void> running = this.queue.submit(this.gate::pass);
		TaskId<String> waiting = this.queue.submit(() -> "value");
		this.gate.awaitReached();

		int cleared = this.queue.clear();

		assertThat(cleared).isEqualTo(1);
		assertThat(this.queue.result(ended)).isInstanceOf(TaskResult.NotFound.class);
		assertThat(this.queue.result(running)).isInstanceOf(TaskResult.Running.class);
		assertThat(this.queue.result(waiting)).isInstanceOf(TaskResult.Pending.class);
	}

	@Test
	void aCancelledTaskThatWaitsNeverStarts() throws InterruptedException {
		CountDownLatch started = new CountDownLatch(1);
		start(RunnableQueue.sequential().capacity(1).offerTimeout(Duration.ZERO).track());
		this.queue.submit(this.gate::pass);
		this.gate.awaitReached();
		TaskId<Void> id = this.queue.submit(started::countDown);

		Cancellation answer = this.queue.cancel(id);
		TaskId<String> inItsPlace = this.queue.submit(() -> "room");
		this.gate.open();
		this.queue.stop(AMPLE, StopMode.FINISH_ALL);

		assertThat(answer).isEqualTo(Cancellation.CANCELLED);
		assertThat(this.queue.result(id)).isInstanceOf(TaskResult.Cancelled.class);
		assertThat(this.queue.result(inItsPlace)).isInstanceOf(TaskResult.Succeeded.class);
		assertThat(started.getCount()).isEqualTo(1);
		assertThat(this.queue.cancel(id)).isEqualTo(Cancellation.TOO_LATE);
	}

	@Test
	void aCancelledTaskThatRunsIsInterruptedAndTheNextOneIsNot() throws InterruptedException {
		start(RunnableQueue.sequential().track());
		TaskId<Void> id = this.queue.submit(this.gate::pass);
		this.gate.awaitReached();

		Cancellation answer = this.queue.cancel(id);
		TaskId<Boolean> next = this.queue.submit(() -> Thread.currentThread().isInterrupted());
		this.queue.stop(AMPLE, StopMode.FINISH_ALL);

		assertThat(answer).isEqualTo(Cancellation.INTERRUPTED);
		assertThat(this.queue.result(id)).isInstanceOf(TaskResult.Cancelled.class);
		assertThat(this.queue.result(next)).isEqualTo(new TaskResult.Succeeded<>(false));
	}

	@Test
	void aTaskThatReturnsInSpiteOfItsCancelHasSucceeded() throws InterruptedException {
		start(RunnableQueue.sequential().track());
		TaskId<String> id = this.queue.submit(() -> {
			this.gate.passDeaf();
			return "value";
		});
		this.gate.awaitReached();

		this.queue.cancel(id);
		this.gate.open();
		this.queue.stop(AMPLE, StopMode.FINISH_ALL);

		assertThat(this.queue.result(id)).isEqualTo(new TaskResult.Succeeded<>("value"));
	}

	private void start(RunnableQueueBuilder builder) {
		this.queue = builder.build();
		this.queue.start();
	}

}
