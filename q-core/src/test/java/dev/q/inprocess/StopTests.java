package dev.q.inprocess;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.q.QueueClosedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(60)
class StopTests {

	private static final Duration AMPLE = Duration.ofSeconds(20);

	private final Gate gate = new Gate();

	private RunnableQueue queue = RunnableQueue.sequential().track().grace(AMPLE).build();

	private final BlockingQueue<StopReport> reports = new LinkedBlockingQueue<>();

	@AfterEach
	void stop() {
		this.gate.open();
		this.queue.stop(AMPLE, StopMode.DROP);
	}

	@Test
	void whatWaitsNeverStartsAndIsReportedWhileWhatRunsIsFinished() throws InterruptedException {
		TaskId<String> running = submitHeldTask();
		TaskId<String> waiting = this.queue.submit(() -> "never");

		Thread stopping = stopOnAnotherThread(AMPLE, StopMode.FINISH_RUNNING);
		this.gate.open();
		stopping.join();

		assertThat(this.reports.take()).isEqualTo(new StopReport(List.of(waiting), List.of()));
		assertThat(this.queue.result(running)).isEqualTo(new TaskResult.Succeeded<>("held"));
		assertThat(this.queue.result(waiting)).isInstanceOf(TaskResult.Cancelled.class);
		assertThat(this.queue.isRunning()).isFalse();
	}

	@Test
	void whatWaitsRunsAsWellIfAllIsToBeFinished() throws InterruptedException {
		submitHeldTask();
		TaskId<String> waiting = this.queue.submit(() -> "done");

		Thread stopping = stopOnAnotherThread(AMPLE, StopMode.FINISH_ALL);
		this.gate.open();
		stopping.join();

		assertThat(this.reports.take().isClean()).isTrue();
		assertThat(this.queue.result(waiting)).isEqualTo(new TaskResult.Succeeded<>("done"));
	}

	@Test
	void whatRunsIsInterruptedWhenTheTimeIsUpAndWhatWaitsIsDropped() throws InterruptedException {
		TaskId<String> running = submitHeldTask();
		TaskId<String> waiting = this.queue.submit(() -> "never");

		StopReport report = this.queue.stop(Duration.ZERO, StopMode.FINISH_ALL);

		assertThat(report).isEqualTo(new StopReport(List.of(waiting), List.of()));
		assertThat(this.queue.result(running)).isInstanceOf(TaskResult.Cancelled.class);
	}

	@Test
	void whatRunsIsInterruptedAtOnceIfAllIsToBeDropped() throws InterruptedException {
		TaskId<String> running = submitHeldTask();

		StopReport report = this.queue.stop(AMPLE, StopMode.DROP);

		assertThat(report.isClean()).isTrue();
		assertThat(this.queue.result(running)).isInstanceOf(TaskResult.Cancelled.class);
	}

	@Test
	void aTaskThatIgnoresInterruptsIsReportedAndKeepsItsPlaceAfterTheNextStart() throws InterruptedException {
		this.queue = RunnableQueue.sequential().track().build();
		this.queue.start();
		TaskId<Void> deaf = this.queue.submit(this.gate::passDeaf);
		this.gate.awaitReached();

		StopReport report = this.queue.stop(Duration.ZERO, StopMode.FINISH_RUNNING);
		this.queue.start();
		TaskId<String> next = this.queue.submit(() -> "next");
		TaskResult<String> before = this.queue.result(next);
		this.gate.open();
		this.queue.stop(AMPLE, StopMode.FINISH_ALL);

		assertThat(report.stillRunning()).containsExactly(deaf);
		assertThat(before).isInstanceOf(TaskResult.Pending.class);
		assertThat(this.queue.result(deaf)).isInstanceOf(TaskResult.Succeeded.class);
		assertThat(this.queue.result(next)).isEqualTo(new TaskResult.Succeeded<>("next"));
	}

	@Test
	void aStopMayBeRepeated() {
		this.queue.start();

		assertThat(this.queue.stop(AMPLE, StopMode.FINISH_ALL).isClean()).isTrue();
		assertThat(this.queue.stop(AMPLE, StopMode.FINISH_ALL).isClean()).isTrue();
		this.queue.close();
	}

	@Test
	void anImpatientStopOvertakesAPatientOne() throws InterruptedException {
		submitHeldTask();
		TaskId<String> waiting = this.queue.submit(() -> "never");
		Thread patient = stopOnAnotherThread(Duration.ofDays(365_000), StopMode.FINISH_ALL);

		StopReport report = this.queue.stop(Duration.ZERO, StopMode.DROP);
		patient.join();

		assertThat(report.dropped()).containsExactly(waiting);
		assertThat(this.reports.take().isClean()).isTrue();
	}

	@Test
	void aStopThatIsInterruptedGivesTasksNoMoreTime() throws InterruptedException {
		submitHeldTask();
		TaskId<String> waiting = this.queue.submit(() -> "never");
		CountDownLatch flagKept = new CountDownLatch(1);
		Thread stopping = new Thread(() -> {
			this.reports.add(this.queue.stop(AMPLE, StopMode.FINISH_ALL));
			if (Thread.currentThread().isInterrupted()) {
				flagKept.countDown();
			}
		});

		stopping.start();
		stopping.interrupt();
		stopping.join();

		assertThat(this.reports.take().dropped()).containsExactly(waiting);
		assertThat(flagKept.getCount()).isZero();
		assertThat(this.queue.isRunning()).isFalse();
	}

	@Test
	void aSubmitThatWaitsForRoomIsRefusedWhenTheQueueIsStopped() throws InterruptedException {
		RunnableQueue small = RunnableQueue.sequential().capacity(0).offerTimeout(AMPLE).build();
		BlockingQueue<RuntimeException> refusals = new LinkedBlockingQueue<>();
		small.start();
		small.submit(this.gate::pass);
		this.gate.awaitReached();
		Thread submitting = new Thread(() -> {
			try {
				small.submit(() -> "x");
			}
			catch (RuntimeException ex) {
				refusals.add(ex);
			}
		});
		submitting.start();
		awaitParked(submitting);

		small.stop(AMPLE, StopMode.DROP);

		assertThat(refusals.poll(10, TimeUnit.SECONDS)).isInstanceOf(QueueClosedException.class);
		submitting.join();
	}

	@Test
	void aStoppedQueueRefusesTasksUntilItIsStartedAgain() {
		this.queue.start();
		this.queue.submit(() -> "first");
		this.queue.stop(AMPLE, StopMode.FINISH_ALL);

		assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> this.queue.submit(() -> "x"));

		this.queue.start();
		this.queue.start();
		TaskId<String> id = this.queue.submit(() -> "second");
		this.queue.stop(AMPLE, StopMode.FINISH_ALL);
		assertThat(id.number()).isEqualTo(2);
		assertThat(this.queue.result(id)).isEqualTo(new TaskResult.Succeeded<>("second"));
	}

	@Test
	void aQueueThatIsBeingStoppedCannotBeStarted() throws InterruptedException {
		submitHeldTask();
		Thread stopping = stopOnAnotherThread(AMPLE, StopMode.FINISH_RUNNING);

		assertThatIllegalStateException().isThrownBy(this.queue::start).withMessageContaining("being stopped");

		this.gate.open();
		stopping.join();
	}

	@Test
	void aTaskMayStopItsOwnQueue() throws InterruptedException {
		this.queue.start();
		this.queue.submit(() -> this.reports.add(this.queue.stop(AMPLE, StopMode.DROP)));

		this.queue.awaitStop();

		assertThat(this.reports.take().isClean()).isTrue();
	}

	@Test
	void aTaskThatStopsItsOwnQueueDoesNotWaitForThoseThatWaitForIt() throws InterruptedException {
		this.queue.start();
		this.queue.submit(() -> {
			this.gate.pass();
			this.reports.add(this.queue.stop(Duration.ofDays(1), StopMode.FINISH_ALL));
		});
		TaskId<String> behind = this.queue.submit(() -> "never");
		this.gate.open();

		this.queue.awaitStop();

		assertThat(this.reports.take()).isEqualTo(new StopReport(List.of(behind), List.of()));
		assertThat(this.queue.result(behind)).isInstanceOf(TaskResult.Cancelled.class);
	}

	@Test
	void whoWaitsForTheEndIsWokenByTheStop() throws InterruptedException {
		CountDownLatch woken = new CountDownLatch(1);
		this.queue.awaitStop();
		this.queue.start();
		Thread waiting = new Thread(() -> {
			try {
				this.queue.awaitStop();
				woken.countDown();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		waiting.start();
		awaitParked(waiting);

		this.queue.close();

		assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void aNegativeTimeoutIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.queue.stop(Duration.ofSeconds(-1), StopMode.DROP))
			.withMessageContaining("PT-1S");
	}

	private TaskId<String> submitHeldTask() throws InterruptedException {
		this.queue.start();
		TaskId<String> id = this.queue.submit(() -> {
			this.gate.passOrStop();
			return "held";
		});
		this.gate.awaitReached();
		return id;
	}

	private Thread stopOnAnotherThread(Duration timeout, StopMode mode) {
		Thread thread = new Thread(() -> this.reports.add(this.queue.stop(timeout, mode)));
		thread.start();
		awaitParked(thread);
		return thread;
	}

	/** The one way to see that a thread waits without asking it: no time passes here. */
	private static void awaitParked(Thread thread) {
		while (thread.getState() != Thread.State.TIMED_WAITING && thread.getState() != Thread.State.WAITING) {
			Thread.onSpinWait();
		}
	}

}
