package dev.q.expert;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.QueueClosedException;
import dev.q.attempt.HandledJob;
import dev.q.engine.EnginePorts;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.ReleaseReason;
import dev.q.loop.PlatformThreads;
import dev.q.ports.SystemClock;
import dev.q.store.PauseMode;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Callers who wait for a job, and a close that comes between. The poll interval is an
 * hour: what ends a wait here is not a look now and then.
 */
@Timeout(60)
class HandleOneWaitingTests {

	private static final Duration LONG = Duration.ofDays(1);

	private static final QueueHandler IDLE = QueueHandler.of(byte[].class, (bytes, job) -> {
	});

	private final QueueScene scene = new QueueScene();

	private final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();

	private final CountDownLatch running = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private final QueueHandler deaf = QueueHandler.of(String.class, (text, job) -> {
		this.running.countDown();
		while (this.release.getCount() > 0) {
			Thread.onSpinWait();
		}
	});

	@AfterEach
	void close() {
		this.release.countDown();
		this.scene.close();
	}

	@Test
	void aJobThatIsEnqueuedEndsTheWait() throws InterruptedException {
		waitOnAnotherThread(this.scene.queue, IDLE);
		this.scene.store.looksInVain.acquire();

		JobReceipt receipt = this.scene.queue.enqueue("x");

		assertThat(nextHandled().job().id()).isEqualTo(receipt.id());
	}

	@Test
	void aJobThatIsEnqueuedBetweenTheLookAndTheWaitIsNotMissed() throws InterruptedException {
		this.scene.store.afterLookInVain = () -> this.scene.queue.enqueue("x");

		assertThat(this.scene.queue.handleOne(IDLE, LONG)).map(HandledJob::succeeded).contains(true);
	}

	@Test
	void eachOfSeveralWaitersGetsAJob() throws InterruptedException {
		for (int i = 0; i < 3; i++) {
			waitOnAnotherThread(this.scene.queue, IDLE);
		}
		this.scene.store.looksInVain.acquire(3);

		for (int i = 0; i < 3; i++) {
			this.scene.queue.enqueue("x");
		}

		for (int i = 0; i < 3; i++) {
			assertThat(nextHandled().succeeded()).isTrue();
		}
	}

	@Test
	void aQueueThatIsResumedEndsTheWait() throws InterruptedException {
		this.scene.queue.enqueue("x");
		this.scene.store.control().pause(this.scene.queue.name(), PauseMode.ALL);
		waitOnAnotherThread(this.scene.queue, IDLE);
		this.scene.store.looksInVain.acquire();

		this.scene.store.control().resume(this.scene.queue.name());

		assertThat(nextHandled().succeeded()).isTrue();
	}

	@Test
	void theTimeAtWhichAJobIsDueEndsTheWait() throws InterruptedException {
		SystemClock clock = new SystemClock();
		try (MemoryStore store = new MemoryStore(MemorySettings.DEFAULT, clock, clock.steady());
				JobQueue queue = Q.queue("work")
					.store(store)
					.settings(QueueScene.settings(Duration.ofHours(1), Duration.ZERO))
					.ports(new EnginePorts(clock, new PlatformThreads(), new SplittableRandom(1)))
					.build()) {
			JobReceipt receipt = queue.enqueue(JobRequest.of("x").with((options) -> options.in(Duration.ofMillis(30))));

			Optional<HandledJob> handled = queue.handleOne(IDLE, LONG);

			assertThat(handled).map((each) -> each.job().id()).contains(receipt.id());
		}
	}

	@Test
	void aLookNowAndThenFindsJobsWithoutASignal() throws InterruptedException {
		try (JobQueue queue = this.scene.builder()
			.settings(QueueScene.settings(Duration.ofMillis(1), Duration.ZERO))
			.build()) {
			waitOnAnotherThread(queue, IDLE);

			this.scene.store.looksInVain.acquire(3);

			queue.enqueue("x");
			assertThat(nextHandled().succeeded()).isTrue();
		}
	}

	@Test
	void aWaitWithoutTimeIsALook() throws InterruptedException {
		assertThat(this.scene.queue.handleOne(IDLE, Duration.ZERO)).isEmpty();
		assertThat(this.scene.queue.handleOne(IDLE, Duration.ofSeconds(-1))).isEmpty();
	}

	@Test
	void aWaitEndsWithItsTime() throws InterruptedException {
		try (JobQueue queue = this.scene.builder()
			.settings(QueueScene.settings(Duration.ofMillis(1), Duration.ZERO))
			.build()) {
			waitOnAnotherThread(queue, IDLE);
			this.scene.store.looksInVain.acquire();

			this.scene.clock.advance(LONG);

			assertThat(this.answers.poll(10, TimeUnit.SECONDS)).isEqualTo(Optional.empty());
		}
	}

	@Test
	void whoWaitsMayBeInterrupted() throws InterruptedException {
		Thread waiting = waitOnAnotherThread(this.scene.queue, IDLE);
		this.scene.store.looksInVain.acquire();

		waiting.interrupt();

		assertThat(this.answers.poll(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
	}

	@Test
	void whoIsInterruptedBeforeTakesNoJob() {
		JobReceipt receipt = this.scene.queue.enqueue("x");
		Thread.currentThread().interrupt();

		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.scene.queue.handleOne(IDLE, LONG));
		assertThat(this.scene.stateOf(receipt)).isEqualTo(JobState.READY);
	}

	@Test
	void whoWaitsIsSentAwayByAClose() throws InterruptedException {
		waitOnAnotherThread(this.scene.queue, IDLE);
		this.scene.store.looksInVain.acquire();

		this.scene.queue.close();

		assertThat(this.answers.poll(10, TimeUnit.SECONDS)).isInstanceOf(QueueClosedException.class);
		assertThat(this.scene.store.subscriptions).hasValue(0);
	}

	@Test
	void aCloseAsksHandlersToEndAndWaitsForThem() throws InterruptedException {
		JobReceipt receipt = this.scene.queue.enqueue("x");
		waitOnAnotherThread(this.scene.queue, QueueHandler.of(String.class, (text, job) -> {
			this.running.countDown();
			while (!job.shouldStop()) {
				Thread.onSpinWait();
			}
		}));
		this.running.await();

		this.scene.queue.close();

		assertThat(nextHandled().succeeded()).isTrue();
		assertThat(this.scene.stateOf(receipt)).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aHandlerThatTakesTooLongForACloseIsInterruptedAndItsJobHandedBack() throws InterruptedException {
		JobReceipt receipt = this.scene.queue.enqueue("x");
		JobQueue impatient = impatient();
		waitOnAnotherThread(impatient, QueueHandler.of(String.class, (text, job) -> {
			this.running.countDown();
			this.release.await();
		}));
		this.running.await();

		impatient.close();

		assertThat(nextHandled().outcome()).isInstanceOf(Outcome.Released.class);
		assertThat(this.scene.stateOf(receipt)).isEqualTo(JobState.READY);
		assertThat(this.scene.find(receipt).job().counters().failures()).isZero();
	}

	@Test
	void aHandlerThatHeedsNoInterruptDoesNotHoldUpAClose() throws InterruptedException {
		JobReceipt receipt = this.scene.queue.enqueue("x");
		JobQueue impatient = impatient();
		waitOnAnotherThread(impatient, this.deaf);
		this.running.await();

		impatient.close();
		JobState afterClose = this.scene.stateOf(receipt);
		this.release.countDown();

		assertThat(afterClose).isEqualTo(JobState.READY);
		assertThat(nextHandled().outcome()).isInstanceOf(Outcome.Released.class);
	}

	@Test
	void aJobThatIsClaimedWhileTheQueueIsClosedIsHandedBackUnstarted() {
		JobReceipt receipt = this.scene.queue.enqueue("x");
		this.scene.store.beforeClaim = this.scene.queue::close;

		Optional<HandledJob> handled = this.scene.queue.handleOne(QueueHandler.of(byte[].class, (bytes, job) -> {
			throw new AssertionError("started after the close");
		}));

		assertThat(handled).map(HandledJob::outcome)
			.contains(new Outcome.Released(ReleaseReason.SHUTDOWN, Duration.ZERO));
		assertThat(this.scene.stateOf(receipt)).isEqualTo(JobState.READY);
	}

	@Test
	void aHandlerMayCloseItsQueue() {
		this.scene.queue.enqueue("x");

		Optional<HandledJob> handled = this.scene.queue
			.handleOne(QueueHandler.of(String.class, (text, job) -> this.scene.queue.close()));

		assertThat(handled).map(HandledJob::succeeded).contains(true);
	}

	@Test
	void aHandlerThatClosesItsQueueIsNotInterruptedThoughAnotherOneIs() throws InterruptedException {
		this.scene.queue.enqueue("deaf");
		JobQueue impatient = impatient();
		waitOnAnotherThread(impatient, this.deaf);
		this.running.await();
		this.scene.queue.enqueue("closing");

		assertThat(impatient.handleOne(QueueHandler.of(String.class, (text, job) -> impatient.close())))
			.map(HandledJob::succeeded)
			.contains(true);
		assertThat(Thread.interrupted()).isFalse();
	}

	private JobQueue impatient() {
		return this.scene.builder().settings(QueueScene.settings(Duration.ofHours(1), Duration.ZERO)).build();
	}

	private HandledJob nextHandled() throws InterruptedException {
		Object answer = this.answers.poll(10, TimeUnit.SECONDS);
		assertThat(answer).isInstanceOf(Optional.class);
		return (HandledJob) ((Optional<?>) answer).orElseThrow();
	}

	private Thread waitOnAnotherThread(JobQueue queue, QueueHandler handler) {
		Thread thread = new Thread(() -> {
			try {
				this.answers.add(queue.handleOne(handler, LONG));
			}
			catch (InterruptedException | RuntimeException ex) {
				this.answers.add(ex);
			}
		});
		thread.start();
		return thread;
	}

}
